namespace CspMigration.Core.PartnerCenter.Http;

/// <summary>What to do about a service code, where that is more exact than the advice for its error id (API docs §3).</summary>
internal static class ServiceAdvice
{
    /// <summary>The advice; null where there is none of its own.</summary>
    public static string? For(string? code)
    {
        return code switch
        {
            "2001" or "800091" or "800081" => "The subscription is suspended: make it active first with Resume-Subscription.",
            "27009" => "Make the base subscription active first.",
            "900117" or "900213" => "The days in which it could be cancelled are over: turn auto-renew off instead.",
            "800090" or "900214" or "900257" => "The days in which seats could be given back are over: they can be reduced when it renews.",
            "900278" => "The service has an operation pending: run the same line again tomorrow.",
            "800069" or "800073" or "800074" or "800075" => "The service is reviewing the account: resolve that in Partner Center first.",
            "800025" => "The credit line of the account is used up: resolve that in Partner Center first.",
            ServiceCodes.ConditionalAccess => "Ask the customer to let service providers through in its Conditional Access policies, then run the same line again.",
            ServiceCodes.WrongAudience => "The access token is for another service: ask for one for Partner Center (https://api.partnercenter.microsoft.com/user_impersonation).",
            _ => null,
        };
    }
}
