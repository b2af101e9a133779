namespace CspMigration.PartnerCenter.Errors;

/// <summary>The error ids of connecting, signing in and calling the service, defined here and nowhere else.</summary>
internal static class PartnerCenterErrors
{
    internal static readonly ErrorDefinition NotConnected = new(
        "NotConnected", ErrorKind.Connection,
        "Run Connect-CspPartner first, or pass -Context with what it returned.");

    internal static readonly ErrorDefinition CustomerNotFound = new(
        "CustomerNotFound", ErrorKind.NotFound,
        "Check the customer's name, domain or id (Partner Center lists all customers; Get-ExpiringSubscription those with something that expires), and that the customer still has a reseller relationship with you.");

    internal static readonly ErrorDefinition TargetNotOnSale = new(
        "TargetNotOnSale", ErrorKind.NotFound,
        "Name another target with -Target; Get-TargetOffer lists what is on sale for the customer.");

    internal static readonly ErrorDefinition CountryMismatch = new(
        "CountryMismatch", ErrorKind.Permission,
        "A partner can sell only to customers in its own country or region: the customer needs a partner there.");

    internal static readonly ErrorDefinition SegmentMismatch = new(
        "SegmentMismatch", ErrorKind.Permission,
        "Have the customer qualified for the segment in Partner Center, or name a target of the customer's own segment.");

    internal static readonly ErrorDefinition NoDelegatedRights = new(
        "NoDelegatedRights", ErrorKind.Permission,
        "Ask the customer for a reseller relationship and delegated rights (GDAP: Directory Readers and License Administrator), then run the same line again.");

    internal static readonly ErrorDefinition AppOnlyToken = new(
        "AppOnlyToken", ErrorKind.Permission,
        "With -RefreshToken, -DeviceCode or -Interactive, connect on behalf of an admin agent (App+User).");

    internal static readonly ErrorDefinition MfaRequired = new(
        "MfaRequired", ErrorKind.Permission,
        "Sign in again with multi-factor authentication and connect with the new token.");

    internal static readonly ErrorDefinition Unauthorized = new(
        "Unauthorized", ErrorKind.Permission,
        "Connect again; check that the token is for Partner Center and that the user is an admin agent.");

    internal static readonly ErrorDefinition RefreshTokenRefused = new(
        "RefreshTokenRefused", ErrorKind.Permission,
        "The refresh token has expired, was revoked or was used before: sign in anew as an admin agent, with -DeviceCode or -Interactive, and keep the token that -OnRefreshTokenRotated gets.");

    internal static readonly ErrorDefinition CredentialRefused = new(
        "CredentialRefused", ErrorKind.Permission,
        "Check the application id and its secret or certificate against the application's registration.");

    internal static readonly ErrorDefinition SignInRefused = new(
        "SignInRefused", ErrorKind.Permission,
        "Look up the code in the message; check tenant, application and user.");

    internal static readonly ErrorDefinition InteractionNeeded = new(
        "InteractionNeeded", ErrorKind.InvalidInput,
        "Connect with -RefreshToken, -Credential or -CertificateThumbprint: nobody can sign in by hand in this session.");

    internal static readonly ErrorDefinition OfferLimitReached = new(
        "OfferLimitReached", ErrorKind.Limit,
        "Reuse, resize or reactivate the subscription of this offer that the customer already has, or name another target.");

    internal static readonly ErrorDefinition QuantityOutOfRange = new(
        "QuantityOutOfRange", ErrorKind.Limit,
        "With -Quantity, give a number of seats within the offer's limits.");

    internal static readonly ErrorDefinition PrerequisiteMissing = new(
        "PrerequisiteMissing", ErrorKind.InvalidState,
        "First have New-TargetSubscription -CustomerId -Target -Quantity buy one of the base offers for the customer.");

    internal static readonly ErrorDefinition AgreementMissing = new(
        "AgreementMissing", ErrorKind.InvalidState,
        "Record the customer's acceptance of the Microsoft Customer Agreement in Partner Center, then run the same line again.");

    internal static readonly ErrorDefinition ResellerNotValid = new(
        "ResellerNotValid", ErrorKind.NotFound,
        "Name a reseller with -PartnerIdOnRecord whose Microsoft partner id is valid, or have the id mended in Partner Center and connect again.");

    internal static readonly ErrorDefinition CartLineRefused = new(
        "CartLineRefused", ErrorKind.InvalidState,
        "Read the service's reason and mend it, or name another target, term, end of the term, billing cycle or partner of record (-Target, -Term, -TermEndDate, -BillingCycle, -PartnerIdOnRecord).");

    internal static readonly ErrorDefinition NotOurSubscription = new(
        "NotOurSubscription", ErrorKind.NotFound,
        "Check the subscription's id; one bought through another channel is cancelled there, by the customer.");

    internal static readonly ErrorDefinition Throttled = new(
        "Throttled", ErrorKind.ServiceFailure,
        "Run the same line again later: it goes on where this run stopped.");

    internal static readonly ErrorDefinition ServiceUnavailable = new(
        "ServiceUnavailable", ErrorKind.ServiceFailure,
        "Run the same line again later: it goes on where this run stopped.");

    internal static readonly ErrorDefinition RequestTimeout = new(
        "RequestTimeout", ErrorKind.Timeout,
        "Run the same line again: it goes on where this run stopped.");

    internal static readonly ErrorDefinition UnexpectedAnswer = new(
        "UnexpectedAnswer", ErrorKind.ServiceFailure,
        "Look up the service's code; give Microsoft support the correlation id where the reason is not yours.");
}
