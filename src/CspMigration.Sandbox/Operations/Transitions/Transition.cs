using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Operations.Purchasing;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>
/// A transition in progress: it converts the seats, then reassigns the licenses if it is clear which subscription they belong to.
/// Each step takes the provisioning delay.
/// </summary>
internal sealed class Transition : IProcess
{
    private readonly CustomerContext _start;
    private readonly List<TransitionEvent> _events = [];
    private readonly DirectorySku _sku;
    private readonly int _seats;

    public Transition(CustomerContext start, TransitionPlan plan)
    {
        _start = start;
        Plan = plan;
        _sku = plan.Source.Sku;
        _seats = plan.Source.Quantity;
        Id = start.NextId("transition");
        Next = start.Now + start.World.ProvisioningDelay;
        AddEvent(TransitionEvent.Conversion, TransitionEvent.Started, start.Now);
    }

    public string Id { get; }

    public TransitionPlan Plan { get; }

    public IReadOnlyList<TransitionEvent> Events => _events;

    /// <summary>The subscription that has the seats now; null if it is the source.</summary>
    public Subscription? Result { get; private set; }

    public DateTimeOffset? Next { get; private set; }

    private bool IsConverting => Next != null && _events.Count == 1;

    /// <summary>Whether a subscription is the source or the target of a running conversion, and so cannot be changed.</summary>
    public static bool IsUnderWay(Account account, Subscription subscription) => account.Processes.OfType<Transition>()
        .Any(transition => transition.IsConverting && (transition.Plan.Source == subscription || transition.Plan.Existing == subscription));

    public void Step()
    {
        var context = _start.At(Next!.Value);
        Next = null;
        if (_events.Count == 1)
        {
            Convert(context);
        }
        else
        {
            Reassign(context);
        }
    }

    private void Convert(CustomerContext context)
    {
        var source = Plan.Source;
        if (!source.IsLive || source.Quantity != _seats || Plan.Existing is { IsLive: false } || IsFirstToFail(context))
        {
            AddEvent(TransitionEvent.Conversion, TransitionEvent.Failed, context.Now, source.IsLive ? TransitionError.ConcurrencyConflicts : TransitionError.NotActive);
            context.World.Observer?.AfterFailedTransition(source);
            return;
        }

        var movesLicenses = MovesLicenses(context);
        Convert(context, source);
        source.IncrementVersion();
        AddEvent(TransitionEvent.Conversion, TransitionEvent.Completed, context.Now);
        if (movesLicenses)
        {
            AddEvent(TransitionEvent.LicenseReassignment, TransitionEvent.Started, context.Now);
            Next = context.Now + context.World.ProvisioningDelay;
        }
    }

    private bool IsFirstToFail(CustomerContext context) => context.World.FailsFirstTransition
        && context.Account.Processes.OfType<Transition>().First(transition => transition.Plan.Source == Plan.Source) == this;

    private void Convert(CustomerContext context, Subscription source)
    {
        var quantity = Plan.Request.Quantity;
        if (Plan.Existing is { } existing)
        {
            existing.SetRenewal(existing.AutoRenew, scheduled: null, context.Now);
            existing.SetQuantity(existing.Quantity + quantity, context.Now, TimeSpan.Zero);
            existing.Refundable.Refund(quantity);
            existing.IncrementVersion();
            Result = existing;
            RemoveSeats(context, source, quantity);
        }
        else if (Plan.IsWhole)
        {
            source.Become(Plan.Target, quantity, Plan.Term, context.Now);
            source.PromotionId = Plan.Request.PromotionId;
        }
        else
        {
            Result = Split(context, source, quantity);
            RemoveSeats(context, source, quantity);
        }
    }

    private static void RemoveSeats(CustomerContext context, Subscription source, int quantity)
    {
        if (quantity >= source.Quantity)
        {
            source.SetStatus(SubscriptionStatus.Deleted, context.Now);
            return;
        }

        source.SetRenewal(source.AutoRenew, scheduled: null, context.Now);
        source.SetQuantity(source.Quantity - quantity, context.Now, TimeSpan.Zero);
    }

    private Subscription Split(CustomerContext context, Subscription source, int quantity)
    {
        var order = Purchases.Open(context, Commerce.New, Plan.Term.BillingCycle);
        var part = Purchases.Add(context, order, new PurchaseLine
        {
            OfferId = Plan.Target.CatalogItemId,
            OfferName = Plan.Target.Sku.Title,
            Sku = Plan.Target.Sku.Sku,
            Quantity = quantity,
            FriendlyName = Plan.Target.Sku.Title,
            BillingCycle = Plan.Term.BillingCycle,
            Term = Plan.Term.Duration,
            TermEnd = source.CommitmentEndDate,
            Partners = PartnerIds.Of(source),
            AutoRenew = source.AutoRenew,
        });
        part.PromotionId = Plan.Request.PromotionId;
        part.InheritCancellationWindow(source);
        return part;
    }

    // In place, licenses always follow. Into another subscription they follow if requested, and if all seats move.
    private bool MovesLicenses(CustomerContext context) => Plan.IsWhole
        && (Plan.Existing == null || Plan.Request.Type == TransitionEligibility.WithLicenseTransfer)
        && Plan.Source.Sku != Plan.Target.Sku.Sku
        && LicenseReassignment.IsPossible(context.Account, Plan.Source, Plan.Target.Sku.Sku);

    private void Reassign(CustomerContext context)
    {
        var seats = SeatPool.Of(context.Account, Plan.Target.Sku.Sku, context.Now).Active;
        var left = LicenseReassignment.Move(context.Account, _sku, Plan.Target.Sku.Sku, seats);
        if (left.Count == 0)
        {
            AddEvent(TransitionEvent.LicenseReassignment, TransitionEvent.Completed, context.Now);
        }
        else
        {
            AddEvent(TransitionEvent.LicenseReassignment, TransitionEvent.Failed, context.Now, TransitionError.UserLicenseError);
        }
    }

    private void AddEvent(string name, string status, DateTimeOffset at, TransitionError? error = null) => _events.Add(new TransitionEvent(name, status, at, error));
}
