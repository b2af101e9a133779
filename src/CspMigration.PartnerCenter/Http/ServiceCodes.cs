namespace CspMigration.PartnerCenter.Http;

/// <summary>The service's error codes this module knows by name (docs/partner-center.md §3, "Codes worth handling").</summary>
internal static class ServiceCodes
{
    public const string PartnerNotValidForOffer = "2006";
    public const string QuantityOutsideOffer = "2002";
    public const string PartnerNotInCountry = "2030";
    public const string EntityTagStale = "2055";
    public const string NotEligibleForPurchase = "2085";
    public const string NoLongerForSale = "2091";
    public const string UseProducts = "2100";
    public const string AgreementMissing = "13605";
    public const string ParticipantRefused = "10004";
    public const string NoCommerceRelationship = "20002";
    public const string SubscriptionNotFound = "20003";
    public const string OfferUseLimit = "27006";
    public const string TenantNotFound = "60003";
    public const string NoFreeLicense = "60012";
    public const string ProductNotFound = "400013";
    public const string SkuNotFound = "400018";
    public const string AvailabilityNotFound = "400019";
    public const string SegmentRefused = "400030";
    public const string PrerequisiteMissing = "400041";
    public const string CatalogItemNotEligible = "800020";
    public const string UnrelatedAddOn = "800029";
    public const string CartSubmitted = "800065";
    public const string SubscriptionsPerCustomer = "800066";
    public const string SeatsPerSubscription = "800067";
    public const string OfferNotInCountry = "800070";
    public const string TenantLacksTags = "800086";
    public const string SeatsPerAsset = "800088";
    public const string AssetsPerCustomer = "800089";
    public const string QuantityCannotDecrease = "800090";
    public const string PartnerOfRecordFixed = "800098";
    public const string CancellationDaysOver = "900117";
    public const string CancellationHoursOver = "900213";
    public const string InvalidPartnerId = "900247";
    public const string LineQuantityOutsideOffer = "900275";
    public const string InsufficientPrivileges = "900308";
    public const string GraphDenied = "Authorization_RequestDenied";
    public const string ConditionalAccess = "900309";
    public const string ObsoletePartnerToken = "900316";
    public const string AppOnlyNotSupported = "900329";
    public const string WrongAudience = "900420";
    public const string MfaMissing = "900421";
}
