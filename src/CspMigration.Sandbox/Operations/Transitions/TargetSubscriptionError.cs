namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>
/// Why seats cannot be moved into a subscription; the numbers are the service's:
/// https://learn.microsoft.com/partner-center/developer/transition-a-new-commerce-subscription.
/// </summary>
internal enum TargetSubscriptionError
{
    NotActive = 1,
    InCancellationWindow = 2,
    ShorterTerm = 3,
    EndsEarlier = 4,
}
