namespace CspMigration.Sandbox.State;

/// <summary>What can be scheduled for the end of a term; the names are the service's words.</summary>
internal enum ScheduledActionType
{
    /// <summary>Access ends at once; nothing can be recovered or reactivated.</summary>
    Cancel,

    /// <summary>Another product, term, billing cycle or number of seats.</summary>
    RenewToNewTerm,

    /// <summary>Month by month at a surcharge, until somebody decides.</summary>
    RenewToExtendedServiceTerm,
}
