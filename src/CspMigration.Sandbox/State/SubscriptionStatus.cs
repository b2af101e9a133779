namespace CspMigration.Sandbox.State;

/// <summary>The states a subscription goes through; <see cref="Lifecycle"/> says when.</summary>
internal enum SubscriptionStatus
{
    Active,
    Suspended,
    Expired,
    Disabled,
    Deleted,
}
