using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>What the identity platform's error numbers mean here (learn.microsoft.com/entra/identity-platform/reference-error-codes).</summary>
internal static class SignInErrors
{
    private const string Conditional = "A conditional access policy of the tenant forbids it: sign in from a place and device it allows, or have an administrator change it.";
    private const string ForPartnerCenter = "In the application's registration, add the Microsoft Partner Center permission user_impersonation and have an administrator consent to it.";

    /// <summary>The cause and what to do about it; null where the number says nothing of its own.</summary>
    /// <param name="number">The digits after AADSTS.</param>
    public static (ErrorDefinition Definition, string? Action)? Find(string? number)
    {
        return number switch
        {
            "50072" or "50074" or "50076" or "50078" or "50079" => (PartnerCenterErrors.MfaRequired, null),
            "70000" or "70008" or "700082" or "700084" or "70043" or "50089" or "50132" or "50133" or "50173" or "54005" =>
                (PartnerCenterErrors.RefreshTokenRefused, null),
            "7000215" => (PartnerCenterErrors.CredentialRefused, "Give the value of a valid secret, not its id."),
            "7000222" => (PartnerCenterErrors.CredentialRefused, "The secret has expired: add a new one to the application's registration and give that."),
            "7000218" => (PartnerCenterErrors.CredentialRefused, "The application is a confidential one: give its secret with -Credential or its certificate."),
            "50012" or "50027" or "700023" or "700024" or "700027" =>
                (PartnerCenterErrors.CredentialRefused, "Check that the certificate is in the application's registration and that this machine's clock is right."),
            "700016" or "7000229" => (PartnerCenterErrors.SignInRefused, "The application has to be registered in the partner's tenant. Check: -ApplicationId, -TenantId"),
            "90002" or "900021" or "900023" => (PartnerCenterErrors.SignInRefused, "Check -TenantId and -Environment: there is no such tenant in this cloud."),
            "50020" or "50034" => (PartnerCenterErrors.SignInRefused, "The user does not belong to the tenant: sign in with an account of the partner's tenant."),
            "50105" => (PartnerCenterErrors.Unauthorized, "The user has no role in the application: have an administrator assign one, and the admin agent role in Partner Center."),
            "500011" or "650057" or "50001" or "70011" or "65001" or "650052" => (PartnerCenterErrors.Unauthorized, ForPartnerCenter),
            "53000" or "53001" or "53002" or "53003" or "530003" or "530004" => (PartnerCenterErrors.SignInRefused, Conditional),
            "70016" or "70020" => (PartnerCenterErrors.SignInRefused, "Nobody entered the code in time: connect again."),
            "90033" => (PartnerCenterErrors.ServiceUnavailable, null),
            _ => null,
        };
    }
}
