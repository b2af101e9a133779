using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>The routes that read a customer's subscriptions.</summary>
internal static class SubscriptionOperations
{
    private const string Subscriptions = "/v1/customers/{customerId}/subscriptions";
    private const string Subscription = Subscriptions + "/{subscriptionId}";

    public static IEnumerable<Route> Routes =>
    [
        new("GET", Subscriptions, Needs.Relationship, List),
        new("GET", Subscription, Needs.Relationship, call => Answer.Ok(SubscriptionResource.Of(call.Customer, call.Subscription, call.Now))),
        new("PATCH", Subscription, Needs.Relationship, SubscriptionUpdate.Patch) { Audited = new("update_subscription", "subscription") },
        new("GET", Subscription + "/addons", Needs.Relationship, AddOns),
        new("GET", Subscription + "/provisioningstatus", Needs.Directory | Needs.Relationship, ProvisioningStatus),
    ];

    // The list may lag: a subscription that is missing from it may exist.
    private static Answer List(Call call)
    {
        var orderId = call.Query["order_id"];
        var partnerId = call.Query["mpn_id"];
        return Collection(call, call.Account.Subscriptions.Where(subscription =>
            call.Now >= subscription.ListedFrom
            && (orderId == null || AnyCase.AreEqual(subscription.OrderId, orderId)) && (partnerId == null || AnyCase.AreEqual(subscription.PartnerId, partnerId))));
    }

    private static Answer AddOns(Call call)
    {
        var parent = call.Subscription;
        return Collection(call, call.Account.Subscriptions.Where(subscription => AnyCase.AreEqual(subscription.ParentId, parent.Id)));
    }

    private static Answer ProvisioningStatus(Call call) => Answer.Ok(SubscriptionResource.ProvisioningStatus(call.Subscription, call.Now));

    private static Answer Collection(Call call, IEnumerable<Subscription> subscriptions) =>
        Answer.Ok(Json.Collection(subscriptions.Select(subscription => SubscriptionResource.Of(call.Customer, subscription, call.Now))));
}
