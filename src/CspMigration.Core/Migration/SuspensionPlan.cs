using CspMigration.Contracts;
using CspMigration.Core.PartnerCenter.Resources;

namespace CspMigration.Core.Migration;

/// <summary>What is to be done with one old subscription.</summary>
public sealed class SuspensionPlan
{
    internal SuspensionPlan(SuspensionRequest request, Subscription subscription, SuspendedSubscription planned)
    {
        Request = request;
        Subscription = subscription;
        Planned = planned;
    }

    /// <summary>What a run would give, with nothing sent.</summary>
    public SuspendedSubscription Planned { get; }

    /// <summary>Whether something has to be sent.</summary>
    public bool NeedsWrite => Planned.Outcome is not (SuspensionOutcome.AlreadySuspended or SuspensionOutcome.Kept);

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Planned.CustomerName} ({Planned.CustomerId})";

    /// <summary>For a prompt: what is done.</summary>
    public string ActionText => $"Suspend {Planned.OfferName} ({Planned.SubscriptionId}), {Subscription.Quantity} seats";

    internal SuspensionRequest Request { get; }

    internal Subscription Subscription { get; }
}
