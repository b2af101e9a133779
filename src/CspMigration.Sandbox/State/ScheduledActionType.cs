namespace CspMigration.Sandbox.State;

/// <summary>The actions for the end of a term; the names are those of the service.</summary>
internal enum ScheduledActionType
{
    /// <summary>Access ends at once; the subscription cannot be recovered or reactivated.</summary>
    Cancel,

    /// <summary>Another product, term, billing cycle or number of seats.</summary>
    RenewToNewTerm,

    /// <summary>The term continues month by month at a surcharge.</summary>
    RenewToExtendedServiceTerm,
}
