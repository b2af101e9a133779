using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>The changes in the body of a PATCH; null for unchanged.</summary>
internal sealed class SubscriptionChange
{
    public SubscriptionStatus? Status { get; private init; }

    public int? Quantity { get; private init; }

    public string? FriendlyName { get; private init; }

    public string? PartnerId { get; private init; }

    public string? BillingCycle { get; private init; }

    /// <summary>The new value of auto-renew; an absent member switches it off.</summary>
    public bool AutoRenew { get; private init; }

    public bool TurnsRenewalOn { get; private init; }

    public bool ChangesRenewal { get; private init; }

    public bool IsAny { get; private init; }

    public static SubscriptionChange Read(JsonBody body, Subscription subscription)
    {
        var status = ReadStatus(body);
        var quantity = body.Whole("quantity");
        var autoRenew = body.Flag("autoRenewEnabled") ?? false;
        var friendlyName = Changed(body.Text("friendlyName"), subscription.FriendlyName);
        var partnerId = Changed(body.Text("partnerId"), subscription.PartnerId);
        var billingCycle = BillingCycles.Changed(body, subscription.BillingCycle);
        return new SubscriptionChange
        {
            Status = status == subscription.Status ? null : status,
            Quantity = quantity == subscription.Quantity ? null : quantity,
            FriendlyName = friendlyName,
            PartnerId = partnerId,
            BillingCycle = billingCycle,
            AutoRenew = autoRenew,
            ChangesRenewal = autoRenew != subscription.AutoRenew,
            TurnsRenewalOn = autoRenew && !subscription.AutoRenew,
            IsAny = friendlyName != null || partnerId != null || billingCycle != null || autoRenew != subscription.AutoRenew,
        };
    }

    private static SubscriptionStatus? ReadStatus(JsonBody body) => body.Word("status", Words.SubscriptionStatuses) switch
    {
        null or "none" => null,
        var word => Enum.TryParse<SubscriptionStatus>(word, ignoreCase: true, out var status)
            ? status
            : throw Refusals.InvalidProperty("status", $"{word} is not a status that can be set."),
    };

    private static string? Changed(string? text, string current) => text is { Length: > 0 } && text != current ? text : null;
}
