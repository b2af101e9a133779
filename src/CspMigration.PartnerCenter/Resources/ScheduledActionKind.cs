namespace CspMigration.PartnerCenter.Resources;

/// <summary>What is scheduled for the end of a subscription's term (docs/partner-center.md §17).</summary>
internal enum ScheduledActionKind
{
    /// <summary>It ends for good.</summary>
    Cancel,

    /// <summary>It renews with another product, quantity, term or billing cycle.</summary>
    RenewToNewTerm,

    /// <summary>It goes on month by month at a surcharge.</summary>
    RenewToExtendedServiceTerm,

    /// <summary>A kind that is not known here.</summary>
    Other,
}
