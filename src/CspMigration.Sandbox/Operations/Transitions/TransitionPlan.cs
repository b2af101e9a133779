using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>A checked transition: of all seats in place, of some into a new subscription, or into an existing one.</summary>
internal sealed class TransitionPlan
{
    private TransitionPlan(Subscription source, Availability target, TransitionRequest request, ProductTerm term, Subscription? existing)
    {
        Source = source;
        Target = target;
        Request = request;
        Term = term;
        Existing = existing;
        FromCatalogItemId = source.OfferId;
    }

    public Subscription Source { get; }

    public Availability Target { get; }

    public TransitionRequest Request { get; }

    public ProductTerm Term { get; }

    /// <summary>The existing subscription that gets the seats; null for a transition in place or into a new subscription.</summary>
    public Subscription? Existing { get; }

    /// <summary>The product of the source.</summary>
    public string FromCatalogItemId { get; }

    /// <summary>Whether all seats are converted.</summary>
    public bool IsWhole => Request.Quantity >= Source.Quantity;

    /// <exception cref="ServiceException">It is not possible.</exception>
    public static TransitionPlan Of(CustomerContext context, Subscription source, TransitionRequest request)
    {
        var target = TransitionTargets.Immediate(context, source).FirstOrDefault(item => AnyCase.AreEqual(item.CatalogItemId, request.ToCatalogItemId))
            ?? throw Refusals.InvalidProperty("toCatalogItemId", $"{request.ToCatalogItemId} is not among the eligible transitions.");
        if (TransitionEligibility.Errors(context, source, target, request.Type) is { Count: > 0 } errors)
        {
            throw Refusals.NotTransitionable(errors[0]);
        }

        var existing = request.ToSubscriptionId is { } id ? FindExisting(context, source, target, id) : null;
        var term = existing == null ? FindTerm(source, target.Sku, request) : new ProductTerm(existing.Term, existing.BillingCycle);
        CheckQuantity(source, target.Sku, request, existing);
        if (request.PromotionId is { } promotionId && ProductCatalog.Instance.FindPromotion(promotionId)?.AppliesTo(target.Sku, term) != true)
        {
            throw Refusals.NoSuchPromotion(promotionId);
        }

        return new TransitionPlan(source, target, request, term, existing);
    }

    private static Subscription FindExisting(CustomerContext context, Subscription source, Availability target, string id)
    {
        var existing = context.Account.FindSubscription(id) ?? throw Refusals.NoSuchSubscription(id);
        if (existing == source)
        {
            throw Refusals.TransitionTarget(900259, "Target subscription id can't be the same as the source subscription ID.");
        }

        if (!existing.IsLive)
        {
            throw Refusals.TransitionTarget(900258, "Target subscription must be active.");
        }

        if (!TransitionEligibility.Existing(context, source, target).Contains(existing))
        {
            throw Refusals.TransitionTarget(900260, "Target subscription must have the same CatalogItemId as in the transition request.");
        }

        var errors = TransitionEligibility.Errors(context, source, existing);
        if (errors.Contains(TargetSubscriptionError.InCancellationWindow) || !existing.IsProvisioned(context.Now) || Transition.IsUnderWay(context.Account, existing))
        {
            throw Refusals.TransitionTarget(900261, "The target subscription is not ready to be upgraded. Please try again after sometime.");
        }

        if (errors.Contains(TargetSubscriptionError.ShorterTerm))
        {
            throw Refusals.TransitionTermShorter();
        }

        return errors.Contains(TargetSubscriptionError.EndsEarlier)
            ? throw Refusals.TransitionTarget(900236, "Target subscription CommitmentEndDate must be later than source subscription.")
            : existing;
    }

    private static ProductTerm FindTerm(Subscription source, ProductSku target, TransitionRequest request)
    {
        // A trial is not billed, so its term and billing cycle do not count.
        var duration = request.Term ?? (source.IsTrial ? target.Terms[0].Duration : source.Term);
        var cycle = request.BillingCycle ?? (source.IsTrial ? target.Terms[0].BillingCycle : source.BillingCycle);
        if (!source.IsTrial && TermCalendar.IsShorter(duration, source.Term))
        {
            throw Refusals.TransitionTermShorter();
        }

        if (!target.Terms.Any(term => AnyCase.AreEqual(term.Duration, duration)))
        {
            throw Refusals.TransitionTerm();
        }

        if (TermCalendar.IsShorter(duration, BillingCycles.Period(cycle)))
        {
            throw Refusals.TransitionCycleLonger();
        }

        return target.Term(duration, cycle) ?? throw Refusals.TransitionBillingCycle();
    }

    // The remaining seats must be within the limits of the source's SKU as well.
    private static void CheckQuantity(Subscription source, ProductSku target, TransitionRequest request, Subscription? existing)
    {
        var (minimum, maximum) = existing == null
            ? (target.MinimumQuantity, target.MaximumQuantity)
            : (1, System.Math.Min(source.Quantity, target.MaximumQuantity - existing.Quantity));
        maximum = System.Math.Min(maximum, TransitionTargets.Seats(source) < source.Quantity ? TransitionTargets.Seats(source) : maximum);
        if (request.Quantity < minimum || request.Quantity > maximum)
        {
            throw Refusals.SubscriptionQuantity(minimum, maximum);
        }

        var left = source.Quantity - request.Quantity;
        if (left > 0 && (source.IsTrial || left < SubscriptionLimits.Of(source).Minimum))
        {
            throw Refusals.SubscriptionQuantity(source.Quantity, maximum);
        }
    }
}
