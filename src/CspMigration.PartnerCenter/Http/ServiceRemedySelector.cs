using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Http;

/// <summary>What to do about a service code, where that is more exact than the advice for its error id (docs/partner-center.md §3).</summary>
internal static class ServiceRemedySelector
{
    private static readonly string[] DirectoryRoles = ["Directory Readers", "License Administrator"];

    /// <summary>The advice; null where there is none of its own.</summary>
    /// <param name="code">The service's code.</param>
    /// <param name="request">What it refused: the same code means another thing elsewhere.</param>
    public static Remedy? For(string? code, ServiceRequest request)
    {
        return code switch
        {
            "2001" or "800091" or "800081" => ServiceRemedies.ResumeFirst(),
            "27009" => ServiceRemedies.ActivateBaseFirst(),
            "900117" or "900213" => ServiceRemedies.TurnRenewalOff(),
            "800090" or "900214" or "900257" => ServiceRemedies.ReduceAtRenewal(),
            "900278" => ServiceRemedies.RunAgainTomorrow(),
            "800069" or "800073" or "800074" or "800075" => ServiceRemedies.AwaitAccountReview(),
            "800025" => ServiceRemedies.RestoreCredit(),
            ServiceCodes.NoCommerceRelationship when request.Route.IsOfDirectory => ServiceRemedies.AskForAdminRelationship(DirectoryRoles),
            ServiceCodes.NoCommerceRelationship => ServiceRemedies.AskForRelationship(),
            ServiceCodes.InsufficientPrivileges when request.Route.CustomerId is null => PartnerCenterErrors.AppOnlyToken.Remedy,
            ServiceCodes.InsufficientPrivileges => ServiceRemedies.CheckAdminRelationship(RolesFor(request)),
            ServiceCodes.ConditionalAccess => ServiceRemedies.AskForConditionalAccess(),
            ServiceCodes.WrongAudience => ServiceRemedies.UseTokenForService(),
            _ => null,
        };
    }

    // The usage location of a user is the only thing of the directory that is patched (docs/partner-center.md §1, "GDAP roles at the customer").
    private static string[] RolesFor(ServiceRequest request)
    {
        return request.Route.IsOfDirectory && request.Method.Method == "PATCH" ? ["User Administrator"] : DirectoryRoles;
    }
}
