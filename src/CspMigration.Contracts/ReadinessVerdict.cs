namespace CspMigration.Contracts;

/// <summary>Whether a source subscription can be migrated now.</summary>
public enum ReadinessVerdict
{
    /// <summary>Every check passed.</summary>
    Ready,

    /// <summary>It will work, with something worth knowing first.</summary>
    Warning,

    /// <summary>A check fails; nothing would be bought.</summary>
    Blocked,
}
