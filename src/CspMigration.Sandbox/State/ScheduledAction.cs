namespace CspMigration.Sandbox.State;

/// <summary>What a new-commerce subscription shall do when its term ends, other than renewing as it is.</summary>
/// <param name="Type">What.</param>
/// <param name="NextTerm">The next term, where it renews into a new one.</param>
internal sealed record ScheduledAction(ScheduledActionType Type, NextTerm? NextTerm = null)
{
    public static ScheduledAction Extension { get; } = new(ScheduledActionType.RenewToExtendedServiceTerm);

    /// <summary>A new term is a renewal, the others need a subscription that does not renew.</summary>
    public bool NeedsAutoRenew => Type == ScheduledActionType.RenewToNewTerm;
}
