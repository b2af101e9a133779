using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>What a PATCH can do to a new-commerce subscription only, or not at all.</summary>
internal static class NewCommerceUpdate
{
    public static void CheckCancellation(Call call, Subscription subscription)
    {
        if (call.Now >= subscription.CancellableUntil)
        {
            throw Refuse.CancellationWindow(subscription);
        }
    }

    /// <summary>Seats are given back only out of batches bought within seven days.</summary>
    public static void CheckDecrease(Call call, Subscription subscription, int quantity)
    {
        var refundable = subscription.Refundable.Total(call.Now);
        if (subscription.Quantity - quantity > refundable)
        {
            throw Refuse.QuantityDecrease(refundable);
        }
    }

    /// <summary>The next term as the body has it; null where it has none, which takes a former one away.</summary>
    public static NextTerm? ReadNextTerm(Call call, Subscription subscription, bool autoRenew)
    {
        if (call.Body.Object("scheduledNextTermInstructions") is not { } instructions)
        {
            return null;
        }

        if (!autoRenew)
        {
            throw Refuse.InvalidProperty("scheduledNextTermInstructions", "they need a subscription that renews.");
        }

        return new NextTermReader(call, subscription).Read(instructions);
    }
}
