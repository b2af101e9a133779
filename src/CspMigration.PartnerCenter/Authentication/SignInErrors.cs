using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>What the identity platform's error numbers mean here (learn.microsoft.com/entra/identity-platform/reference-error-codes).</summary>
internal static class SignInErrors
{
    /// <summary>The cause and what to do about it; null where the number says nothing of its own.</summary>
    /// <param name="number">The digits after AADSTS.</param>
    public static (ErrorDefinition Definition, Remedy? Remedy)? Find(string? number)
    {
        return number switch
        {
            "50072" or "50074" or "50076" or "50078" or "50079" => (PartnerCenterErrors.MfaRequired, null),
            "70000" or "70008" or "700082" or "700084" or "70043" or "50089" or "50132" or "50133" or "50173" or "54005" =>
                (PartnerCenterErrors.RefreshTokenRefused, null),
            "7000215" => (PartnerCenterErrors.CredentialRefused, ServiceRemedies.PassSecretValue()),
            "7000222" => (PartnerCenterErrors.CredentialRefused, ServiceRemedies.RenewSecret()),
            "7000218" => (PartnerCenterErrors.CredentialRefused, ServiceRemedies.PassSecretOrCertificate()),
            "50012" or "50027" or "700023" or "700024" or "700027" =>
                (PartnerCenterErrors.CredentialRefused, ServiceRemedies.CheckRegisteredCertificate()),
            "700016" or "7000229" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.RegisterApplication()),
            "90002" or "900021" or "900023" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.CheckTenant()),
            "50020" or "50034" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.UseAccountOfTenant()),
            "50105" => (PartnerCenterErrors.Unauthorized, ServiceRemedies.AssignRole()),
            "500011" or "650057" or "50001" or "70011" or "65001" or "650052" => (PartnerCenterErrors.Unauthorized, ServiceRemedies.ConsentToPartnerCenter()),
            "53000" or "53001" or "53002" or "53003" or "530003" or "530004" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.ChangeConditionalAccess()),
            "70016" or "70020" => (PartnerCenterErrors.SignInRefused, ServiceRemedies.EnterCodeInTime()),
            "90033" => (PartnerCenterErrors.ServiceUnavailable, null),
            _ => null,
        };
    }
}
