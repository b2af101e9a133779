namespace CspMigration.PartnerCenter.Errors;

/// <summary>The error ids of connecting, signing in and calling the service, defined here and nowhere else.</summary>
internal static class PartnerCenterErrors
{
    internal static readonly ErrorDefinition NotConnected = new("NotConnected", ErrorKind.Connection);
    internal static readonly ErrorDefinition CustomerNotFound = new("CustomerNotFound", ErrorKind.NotFound);
    internal static readonly ErrorDefinition TargetNotOnSale = new("TargetNotOnSale", ErrorKind.NotFound);
    internal static readonly ErrorDefinition CountryMismatch = new("CountryMismatch", ErrorKind.Permission);
    internal static readonly ErrorDefinition SegmentMismatch = new("SegmentMismatch", ErrorKind.Permission);
    internal static readonly ErrorDefinition NoDelegatedRights = new("NoDelegatedRights", ErrorKind.Permission);
    internal static readonly ErrorDefinition AppOnlyToken = new("AppOnlyToken", ErrorKind.Permission);
    internal static readonly ErrorDefinition MfaRequired = new("MfaRequired", ErrorKind.Permission);
    internal static readonly ErrorDefinition Unauthorized = new("Unauthorized", ErrorKind.Permission);
    internal static readonly ErrorDefinition RefreshTokenRefused = new("RefreshTokenRefused", ErrorKind.Permission);
    internal static readonly ErrorDefinition CredentialRefused = new("CredentialRefused", ErrorKind.Permission);
    internal static readonly ErrorDefinition SignInRefused = new("SignInRefused", ErrorKind.Permission);
    internal static readonly ErrorDefinition InteractionNeeded = new("InteractionNeeded", ErrorKind.InvalidInput);
    internal static readonly ErrorDefinition OfferLimitReached = new("OfferLimitReached", ErrorKind.Limit);
    internal static readonly ErrorDefinition QuantityOutOfRange = new("QuantityOutOfRange", ErrorKind.Limit);
    internal static readonly ErrorDefinition PrerequisiteMissing = new("PrerequisiteMissing", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition AgreementMissing = new("AgreementMissing", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition ResellerNotValid = new("ResellerNotValid", ErrorKind.NotFound);
    internal static readonly ErrorDefinition CartLineRefused = new("CartLineRefused", ErrorKind.InvalidState);
    internal static readonly ErrorDefinition NotOurSubscription = new("NotOurSubscription", ErrorKind.NotFound);
    internal static readonly ErrorDefinition Throttled = new("Throttled", ErrorKind.ServiceFailure);
    internal static readonly ErrorDefinition ServiceUnavailable = new("ServiceUnavailable", ErrorKind.ServiceFailure);
    internal static readonly ErrorDefinition RequestTimeout = new("RequestTimeout", ErrorKind.Timeout);
    internal static readonly ErrorDefinition UnexpectedAnswer = new("UnexpectedAnswer", ErrorKind.ServiceFailure);
}
