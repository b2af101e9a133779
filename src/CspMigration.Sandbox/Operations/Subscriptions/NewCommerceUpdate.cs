using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>What a PATCH can do to a new-commerce subscription only, or not at all.</summary>
internal static class NewCommerceUpdate
{
    public static void CheckCancellation(Call call, Subscription subscription)
    {
        if (call.Now >= subscription.CancelableUntil)
        {
            throw Refusals.CancellationWindow(subscription);
        }
    }

    /// <summary>In its extension it can only be canceled or converted back.</summary>
    public static void CheckExtended(SubscriptionChange change)
    {
        if (change.Quantity != null || change.Status is not (null or SubscriptionStatus.Deleted))
        {
            throw Refusals.Extended();
        }
    }

    /// <summary>Seats are given back only out of batches bought within seven days.</summary>
    public static void CheckDecrease(Call call, Subscription subscription, int quantity)
    {
        var refundable = subscription.Refundable.Total(call.Now);
        if (subscription.Quantity - quantity > refundable)
        {
            throw Refusals.QuantityDecrease(refundable);
        }
    }
}
