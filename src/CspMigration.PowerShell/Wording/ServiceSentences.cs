using System;
using System.Collections.Generic;

namespace CspMigration.PowerShell.Wording;

/// <summary>The sentence of each remedy of connecting, signing in and calling the service, by its id.</summary>
internal static class ServiceSentences
{
    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CheckAddress"] = "Check the address (-Endpoint, -Environment), and that this machine's network, proxy and firewall let it through; for https, that the address speaks it, that this machine trusts its certificate and that its clock is right. Then connect again.",
        ["CheckNetwork"] = "Check the network, its proxy and firewall: the address to sign in at must be reachable. Then run the same command again.",
        ["ResumeFirst"] = "The subscription is suspended: Resume-Subscription makes it active, which has to come first.",
        ["ActivateBaseFirst"] = "Make the base subscription active first.",
        ["TurnRenewalOff"] = "The days in which it could be canceled are over: turn auto-renew off instead.",
        ["ReduceAtRenewal"] = "The days in which seats could be given back are over: they can be reduced when it renews.",
        ["RunAgainTomorrow"] = "The service has an operation pending: run the same command again tomorrow.",
        ["AwaitAccountReview"] = "The service is reviewing the account: resolve that in Partner Center first.",
        ["RestoreCredit"] = "The credit line of the account is used up: resolve that in Partner Center first.",
        ["AskForAdminRelationship"] = "The customer buys from you, but its directory knows no relationship with you: ask it for an admin relationship (GDAP: {0}); run the same command again when it is active.",
        ["AskForRelationship"] = "Ask the customer for a reseller relationship with Request-ResellerRelationship; run the same command again when the invitation is accepted.",
        ["CheckAdminRelationship"] = "The service does not say which right is missing. Look at the customer's admin relationships in Partner Center: one has to be active (GDAP) with {0}, and you signed in as a user, not as an application alone, who is in a security group that has these roles there. Then run the same command again.",
        ["AskForConditionalAccess"] = "Ask the customer to let service providers through in its Conditional Access policies, then run the same command again.",
        ["UseTokenForService"] = "The access token is for another service: ask for one for Partner Center (https://api.partnercenter.microsoft.com/user_impersonation).",
        ["CopyTokenAgain"] = "Copy the access token again, in one piece and one line, then connect with it.",
        ["PassSecretValue"] = "Give the value of a valid secret, not its id.",
        ["RenewSecret"] = "The secret has expired: add a new one to the application's registration and give that.",
        ["GiveSecretOrCertificate"] = "The application is a confidential one: give its secret with -Credential or its certificate.",
        ["GiveCredential"] = "Give one of: -Credential, -Certificate, -CertificateThumbprint",
        ["CheckRegisteredCertificate"] = "Check that the certificate is in the application's registration and that this machine's clock is right.",
        ["RegisterApplication"] = "The application has to be registered in the partner's tenant. Check: -ApplicationId, -TenantId",
        ["CheckTenant"] = "Check -TenantId and -Environment: there is no such tenant in this cloud.",
        ["UseAccountOfTenant"] = "The user does not belong to the tenant: sign in with an account of the partner's tenant.",
        ["AssignRole"] = "The user has no role in the application: have an administrator assign one, and the admin agent role in Partner Center.",
        ["ConsentToPartnerCenter"] = "In the application's registration, add the Microsoft Partner Center permission user_impersonation and have an administrator consent to it.",
        ["ChangeConditionalAccess"] = "A conditional access policy of the tenant forbids it: sign in from a place and device it allows, or have an administrator change it.",
        ["AcceptSignIn"] = "The sign-in was declined: connect again.",
        ["EnterCodeInTime"] = "Nobody entered the code in time: connect again.",
        ["UseDeviceCode"] = "There is no browser here: connect with -DeviceCode",
        ["ChooseSignIn"] = "Say how: -Interactive or -DeviceCode for a person, -RefreshToken, -Credential, -Certificate or -AccessToken for a script, -Sandbox to try things out.",
        ["NameTenant"] = "Give the tenant's id or domain with: -TenantId",
        ["NameAuthority"] = "Give the address to sign in at with -Authority, or leave -Endpoint out.",
        ["GiveAddressWithoutPath"] = "Give the address without a path; the tenant is appended.",
        ["GiveSecureAddress"] = "Give an https address; http is accepted for localhost only.",
        ["CheckThumbprint"] = "Check the thumbprint, install the certificate with its private key, or give a certificate object with: -Certificate",
        ["InstallPrivateKey"] = "Install it with its private key, such as from a .pfx file.",
        ["ReplaceCertificate"] = "Add a new certificate to the application's registration and give that one.",
    };
}
