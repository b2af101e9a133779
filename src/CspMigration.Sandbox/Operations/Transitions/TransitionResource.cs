using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>Eligibilities, transitions and events as the service writes them.</summary>
internal static class TransitionResource
{
    public static JObject Eligibility(CustomerContext context, Subscription source, Availability target, bool isScheduled) => new()
    {
        ["operationId"] = context.World.Ids.Guid("transition/" + source.Id),
        ["catalogItemId"] = target.CatalogItemId,
        ["title"] = target.Sku.Title,
        ["description"] = target.Sku.Title,
        ["quantity"] = isScheduled ? source.Quantity : TransitionTargets.Seats(source),
        ["eligibilities"] = new JArray(TransitionEligibility.Types.All.Select(type => Detail(context, source, target, type))),
        ["subscriptionEligibilities"] = new JArray((isScheduled ? [] : TransitionEligibility.Existing(context, source, target))
            .Select(existing => Detail(existing, TransitionEligibility.Errors(context, source, existing)))),
        ["attributes"] = Json.Attributes("TransitionEligibility"),
    };

    public static JObject Of(Transition transition)
    {
        var plan = transition.Plan;
        var resource = new JObject
        {
            ["operationId"] = transition.Id,
            ["fromCatalogItemId"] = plan.FromCatalogItemId,
            ["fromSubscriptionId"] = plan.Source.Id,
            ["toCatalogItemId"] = plan.Target.CatalogItemId,
        };
        resource.SetIfAny("toSubscriptionId", (transition.Result ?? plan.Existing)?.Id);
        resource["quantity"] = plan.Request.Quantity;
        resource["termDuration"] = plan.Term.Duration;
        resource["billingCycle"] = plan.Term.BillingCycle;
        resource["transitionType"] = plan.Request.Type;
        resource.SetIfAny("promotionId", plan.Request.PromotionId);
        resource["events"] = new JArray(transition.Events.Select(Event));
        resource["attributes"] = Json.Attributes("Transition");
        return resource;
    }

    private static JObject Detail(CustomerContext context, Subscription source, Availability target, string type)
    {
        var errors = TransitionEligibility.Errors(context, source, target, type);
        return new JObject
        {
            ["isEligible"] = errors.Count == 0,
            ["transitionType"] = type,
            ["errors"] = new JArray(errors.Select(Error)),
        };
    }

    private static JObject Detail(Subscription existing, IReadOnlyList<TargetSubscriptionError> errors) => new()
    {
        ["isEligible"] = errors.Count == 0,
        ["subscriptionId"] = existing.Id,
        ["subscriptionFriendlyName"] = existing.FriendlyName,
        ["subscriptionTermDuration"] = existing.Term,
        ["subscriptionBillingCycle"] = existing.BillingCycle,
        ["errors"] = new JArray(errors.Select(error => Error((int)error, error switch
        {
            TargetSubscriptionError.NotActive => "Subscription is not active.",
            TargetSubscriptionError.InCancellationWindow => "Subscription is within cancellation window.",
            TargetSubscriptionError.ShorterTerm => "Subscription term duration is shorter than the source subscription's term duration.",
            _ => "Subscription term end date is before the source subscription's term end date.",
        }))),
    };

    private static JObject Event(TransitionEvent step) => new()
    {
        ["name"] = step.Name,
        ["status"] = step.Status,
        ["timestamp"] = Json.Moment(step.At),
        ["errors"] = step.Error is { } error ? new JArray(Error(error)) : [],
        ["attributes"] = Json.Attributes("TransitionEvent"),
    };

    private static JObject Error(TransitionError error) => Error((int)error, error switch
    {
        TransitionError.NotActive => "Subscription cannot be transitioned because it is not active.",
        TransitionError.NotProvisioned => "Subscription cannot be transitioned because it is not provisioned yet.",
        TransitionError.ConcurrencyConflicts => "Subscription cannot be transitioned because another operation is pending.",
        TransitionError.ConflictingServiceTypes => "Subscription cannot be transitioned because there are conflicting subscriptions for a license transfer.",
        _ => "Some licenses could not be reassigned.",
    });

    private static JObject Error(int code, string description) => new() { ["code"] = code, ["description"] = description };
}
