using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>The checks of a PATCH that apply to new-commerce subscriptions only.</summary>
internal static class NewCommerceUpdate
{
    public static void CheckCancellation(Call call, Subscription subscription)
    {
        if (call.Now >= subscription.CancelableUntil)
        {
            throw Refusals.CancellationWindow(subscription);
        }
    }

    /// <summary>An extended service term can only be canceled, or converted back by a transition.</summary>
    public static void CheckExtended(SubscriptionChange change)
    {
        if (change.Quantity != null || change.Status is not (null or SubscriptionStatus.Deleted))
        {
            throw Refusals.Extended();
        }
    }

    /// <summary>Seats can be reduced only by those purchased within the last seven days.</summary>
    public static void CheckDecrease(Call call, Subscription subscription, int quantity)
    {
        var refundable = subscription.Refundable.Total(call.Now);
        if (subscription.Quantity - quantity > refundable)
        {
            throw Refusals.QuantityDecrease(refundable);
        }
    }
}
