namespace CspMigration.Sandbox.State;

/// <summary>The scheduled action of a new-commerce subscription for the end of its term.</summary>
/// <param name="Type">The action.</param>
/// <param name="NextTerm">The next term if it renews into a new one; null otherwise.</param>
internal sealed record ScheduledAction(ScheduledActionType Type, NextTerm? NextTerm = null)
{
    public static ScheduledAction Extension { get; } = new(ScheduledActionType.RenewToExtendedServiceTerm);

    /// <summary>Whether the action needs auto-renew on; the others need it off.</summary>
    public bool NeedsAutoRenew => Type == ScheduledActionType.RenewToNewTerm;
}
