using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Errors;

/// <summary>What helps where connecting, signing in or a call fails, as data: each member makes the remedy of its name.</summary>
internal static class ServiceRemedies
{
    /// <summary>The service has never answered: the address is wrong, or there is no way to it.</summary>
    public static Remedy CheckAddress() => Remedy.Of();

    /// <summary>The address to sign in at cannot be reached.</summary>
    public static Remedy CheckNetwork() => Remedy.Of();

    /// <summary>The subscription has to be active before.</summary>
    public static Remedy ResumeFirst() => Remedy.Of();

    /// <summary>The base of the add-on has to be active before.</summary>
    public static Remedy ActivateBaseFirst() => Remedy.Of();

    /// <summary>The days in which it can be canceled are over.</summary>
    public static Remedy TurnRenewalOff() => Remedy.Of();

    /// <summary>The days in which seats can be reduced are over.</summary>
    public static Remedy ReduceAtRenewal() => Remedy.Of();

    /// <summary>The service has an operation pending.</summary>
    public static Remedy RunAgainTomorrow() => Remedy.Of();

    /// <summary>The service is reviewing the account.</summary>
    public static Remedy AwaitAccountReview() => Remedy.Of();

    /// <summary>The credit line is used up.</summary>
    public static Remedy RestoreCredit() => Remedy.Of();

    /// <summary>The directory of the customer knows no relationship with the partner.</summary>
    public static Remedy AskForAdminRelationship(IEnumerable<string> roles) => Remedy.Of([roles]);

    /// <summary>There is no reseller relationship.</summary>
    public static Remedy AskForRelationship() => Remedy.Of();

    /// <summary>A right is missing at the customer.</summary>
    public static Remedy CheckAdminRelationship(IEnumerable<string> roles) => Remedy.Of([roles]);

    /// <summary>A policy of the customer keeps service providers out.</summary>
    public static Remedy AskForConditionalAccess() => Remedy.Of();

    /// <summary>The token is for another service.</summary>
    public static Remedy UseTokenForService() => Remedy.Of();

    /// <summary>The token was damaged while it was copied.</summary>
    public static Remedy CopyTokenAgain() => Remedy.Of();

    /// <summary>The id of the secret was given.</summary>
    public static Remedy PassSecretValue() => Remedy.Of();

    /// <summary>The secret has expired.</summary>
    public static Remedy RenewSecret() => Remedy.Of();

    /// <summary>The application is confidential.</summary>
    public static Remedy PassSecretOrCertificate() => Remedy.Of();

    /// <summary>The application was given nothing to sign in with.</summary>
    public static Remedy PassCredential() => Remedy.Of();

    /// <summary>The certificate was refused.</summary>
    public static Remedy CheckRegisteredCertificate() => Remedy.Of();

    /// <summary>The tenant does not know the application.</summary>
    public static Remedy RegisterApplication() => Remedy.Of();

    /// <summary>There is no such tenant.</summary>
    public static Remedy CheckTenant() => Remedy.Of();

    /// <summary>The user is of another tenant.</summary>
    public static Remedy UseAccountOfTenant() => Remedy.Of();

    /// <summary>The user has no role in the application.</summary>
    public static Remedy AssignRole() => Remedy.Of();

    /// <summary>The application lacks the permission.</summary>
    public static Remedy ConsentToPartnerCenter() => Remedy.Of();

    /// <summary>A policy of the tenant forbids the sign-in.</summary>
    public static Remedy ChangeConditionalAccess() => Remedy.Of();

    /// <summary>The sign-in was declined.</summary>
    public static Remedy AcceptSignIn() => Remedy.Of();

    /// <summary>The code of the device was not entered in time.</summary>
    public static Remedy EnterCodeInTime() => Remedy.Of();

    /// <summary>There is no browser.</summary>
    public static Remedy UseDeviceCode() => Remedy.Of();

    /// <summary>There is nothing to sign in with.</summary>
    public static Remedy ChooseSignIn() => Remedy.Of();

    /// <summary>Nothing says which tenant to sign in to.</summary>
    public static Remedy NameTenant() => Remedy.Of();

    /// <summary>Nothing says where to sign in for an address of its own.</summary>
    public static Remedy NameAuthority() => Remedy.Of();

    /// <summary>The address to sign in at has a path.</summary>
    public static Remedy UseAddressWithoutPath() => Remedy.Of();

    /// <summary>A secret would go over the network in the clear.</summary>
    public static Remedy UseSecureAddress() => Remedy.Of();

    /// <summary>There is no such certificate.</summary>
    public static Remedy CheckThumbprint() => Remedy.Of();

    /// <summary>The certificate has no private key.</summary>
    public static Remedy InstallPrivateKey() => Remedy.Of();

    /// <summary>The certificate has expired.</summary>
    public static Remedy ReplaceCertificate() => Remedy.Of();
}
