namespace CspMigration.Contracts;

/// <summary>What a subscription shall do when its term ends.</summary>
public enum EndOfTermChoice
{
    /// <summary>Renew as it is.</summary>
    Renew,

    /// <summary>New commerce: end for good, without a paid extension.</summary>
    Cancel,

    /// <summary>New commerce: go on month by month at a surcharge.</summary>
    Extend,
}
