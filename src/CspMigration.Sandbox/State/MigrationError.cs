namespace CspMigration.Sandbox.State;

/// <summary>
/// Why a subscription is not eligible: the codes of <c>validate</c>, with the names of Microsoft's batch tool for new-commerce
/// migrations. Two of its codes never occur here: the trade status, and the last day of the term, which is code 2 now.
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
