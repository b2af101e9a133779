namespace CspMigration.Contracts;

/// <summary>What was done, or in a plan will be done, to get the target subscription.</summary>
public enum TargetOutcome
{
    /// <summary>Bought for this source.</summary>
    Purchased,

    /// <summary>Bought, or otherwise got, for this source by an earlier run.</summary>
    Resumed,

    /// <summary>An existing subscription had enough free seats.</summary>
    Reused,

    /// <summary>A suspended subscription of the customer was made active again.</summary>
    Reactivated,

    /// <summary>An existing subscription got more seats.</summary>
    Resized,

    /// <summary>The trial was converted in place: source and target are one subscription.</summary>
    Converted,

    /// <summary>Another row's purchase serves this source too.</summary>
    Covered,

    /// <summary>The service changes the source in place, and moves the licenses: source and target are one subscription.</summary>
    Transitioned,

    /// <summary>The source becomes the target when its term renews: source and target are one subscription.</summary>
    Scheduled,
}
