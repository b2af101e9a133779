namespace CspMigration.Sandbox.State;

/// <summary>
/// Why a subscription is not eligible: the codes of <c>validate</c>, as Microsoft's own batch tool for new-commerce migrations
/// names them. Two of them cannot come here: no partner has a trade status, and the last day has a code of its own since full
/// terms are possible (2).
/// </summary>
internal enum MigrationError
{
    NotActive = 0,
    BeingProcessed = 1,
    HasPromotions = 3,
    AddOnNotEligible = 4,
    ProductUnavailable = 5,
    TermOrCycleNotSupported = 6,
    ActiveForLessThanOneMonth = 7,
    InvalidPartnerOnRecord = 9,
    LastDayNeedsFullTerm = 10,
    TermEndOutside = 11,
    TermEndNotAligned = 12,
}
