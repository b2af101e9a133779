namespace CspMigration.Contracts;

/// <summary>The result of one readiness check.</summary>
public enum ReadinessResult
{
    /// <summary>As it must be.</summary>
    Pass,

    /// <summary>Works, with something worth knowing.</summary>
    Warn,

    /// <summary>Stops the migration of this subscription.</summary>
    Fail,

    /// <summary>The rule says nothing about this subscription.</summary>
    NotApplicable,

    /// <summary>No reading shows it: only the run can tell. It does not count for the verdict.</summary>
    Unknown,
}
