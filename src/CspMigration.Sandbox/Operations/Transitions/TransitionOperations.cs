using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Transitions;

/// <summary>The routes of transitions. Retired products have no transition.</summary>
internal static class TransitionOperations
{
    private const string Subscription = "/v1/customers/{customerId}/subscriptions/{subscriptionId}";
    private const string Transitions = Subscription + "/transitions";
    private const string Scheduled = "scheduled";

    private static readonly Vocabulary EligibilityTypes = new("immediate", Scheduled);

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Subscription + "/transitioneligibilities", Needs.Relationship, Eligibilities),
        new("POST", Transitions, Needs.Relationship, Begin) { Audited = new("transition_subscription", "subscription") },
        new("GET", Transitions, Needs.Relationship, List),
    ];

    private static Answer Eligibilities(Call call)
    {
        var isScheduled = call.Query.Word("eligibilityType", EligibilityTypes) == Scheduled;
        var source = call.Subscription;
        var targets = isScheduled ? TransitionTargets.Scheduled(call.Context, source) : TransitionTargets.Immediate(call.Context, source);
        return Answer.Ok(Json.Collection(targets.Select(target => TransitionResource.Eligibility(call.Context, source, target, isScheduled))));
    }

    private static Answer Begin(Call call)
    {
        var source = FindSource(call);
        call.RequireUnendedSubscription();
        var plan = TransitionPlan.Of(call.Context, source, TransitionRequest.Read(call.Body, source));
        var transition = new Transition(call.Context, plan);
        call.Account.Begin(transition);
        call.World.Observer?.AfterTransition(call.Customer, call.Account, source, plan.Target.Sku.Sku);
        return Answer.Ok(TransitionResource.Of(transition));
    }

    // The .NET SDK sends operationId; the documentation has operation-id.
    private static Answer List(Call call)
    {
        var source = FindSource(call);
        var id = call.Query["operationId"] ?? call.Query["operation-id"];
        var transitions = call.Account.Processes.OfType<Transition>()
            .Where(transition => transition.Plan.Source == source && (id == null || AnyCase.AreEqual(transition.Id, id)));
        return Answer.Ok(Json.Collection(transitions.Select(TransitionResource.Of)));
    }

    private static Subscription FindSource(Call call)
    {
        var source = call.Subscription;
        return source.Commerce == Commerce.New ? source : throw Refusals.NotForLegacy();
    }
}
