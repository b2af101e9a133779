namespace CspMigration.Sandbox.State;

/// <summary>The statuses of a subscription; <see cref="Lifecycle"/> defines their order.</summary>
internal enum SubscriptionStatus
{
    Active,
    Suspended,
    Expired,
    Disabled,
    Deleted,
}
