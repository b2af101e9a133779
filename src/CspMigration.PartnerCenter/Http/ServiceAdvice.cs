using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Http;

/// <summary>What to do about a service code, where that is more exact than the advice for its error id (docs/partner-center.md §3).</summary>
internal static class ServiceAdvice
{
    private const string DirectoryRoles = "Directory Readers and License Administrator";

    /// <summary>Where the service has never answered: the address is wrong, or there is no way to it.</summary>
    public const string NoContact =
        "Check the address (-Endpoint, -Environment), and that this machine's network, proxy and firewall let it through; for https, that the address speaks it, that this machine trusts its certificate and that its clock is right. Then connect again.";

    /// <summary>The advice; null where there is none of its own.</summary>
    /// <param name="code">The service's code.</param>
    /// <param name="request">What it refused: the same code means another thing elsewhere.</param>
    public static string? For(string? code, ServiceRequest request)
    {
        return code switch
        {
            "2001" or "800091" or "800081" => "The subscription is suspended: Resume-Subscription makes it active, which has to come first.",
            "27009" => "Make the base subscription active first.",
            "900117" or "900213" => "The days in which it could be cancelled are over: turn auto-renew off instead.",
            "800090" or "900214" or "900257" => "The days in which seats could be given back are over: they can be reduced when it renews.",
            "900278" => "The service has an operation pending: run the same line again tomorrow.",
            "800069" or "800073" or "800074" or "800075" => "The service is reviewing the account: resolve that in Partner Center first.",
            "800025" => "The credit line of the account is used up: resolve that in Partner Center first.",
            ServiceCodes.NoCommerceRelationship when request.Route.IsOfDirectory =>
                $"The customer buys from you, but its directory knows no relationship with you: ask it for an admin relationship (GDAP: {DirectoryRoles}); run the same line again when it is active.",
            ServiceCodes.NoCommerceRelationship => "Ask the customer for a reseller relationship with Request-ResellerRelationship; run the same line again when the invitation is accepted.",
            ServiceCodes.InsufficientPrivileges when request.Route.CustomerId is null => PartnerCenterErrors.AppOnlyToken.RecommendedAction,
            ServiceCodes.InsufficientPrivileges =>
                $"The service does not say which right is missing. Look at the customer's admin relationships in Partner Center: one has to be active (GDAP) with {RolesFor(request)}, and you signed in as a user, not as an application alone, who is in a security group that has these roles there. Then run the same line again.",
            ServiceCodes.ConditionalAccess => "Ask the customer to let service providers through in its Conditional Access policies, then run the same line again.",
            ServiceCodes.WrongAudience => "The access token is for another service: ask for one for Partner Center (https://api.partnercenter.microsoft.com/user_impersonation).",
            _ => null,
        };
    }

    // The usage location of a user is the only thing of the directory that is patched (docs/partner-center.md §1, "GDAP roles at the customer").
    private static string RolesFor(ServiceRequest request)
    {
        return request.Route.IsOfDirectory && request.Method.Method == "PATCH" ? "User Administrator" : DirectoryRoles;
    }
}
