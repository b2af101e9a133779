using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A customer's subscription (docs/partner-center.md §6), kept whole so that a PATCH can send all of it back.</summary>
internal sealed class Subscription
{
    private readonly ResourceReader _json;

    private Subscription(ResourceReader json)
    {
        _json = json;
        Id = json.RequiredId<IdKind.Subscription>("id");
        OfferId = json.CatalogItemId("offerId") ?? CatalogItemId.FromOrNull(OfferIdFromLink(json));
        OfferName = json.Text("offerName");
        FriendlyName = json.Text("friendlyName");
        ParentSubscriptionId = json.Id<IdKind.Subscription>("parentSubscriptionId");
        Status = json.Text("status") ?? "";
        Quantity = json.Number("quantity") ?? 0;
        HasQuantity = json.Number("quantity") is not null;
        CommitmentEnd = json.Date("commitmentEndDateTime") ?? (json.Date("commitmentEndDate") is { } day ? TermDates.EndOfDay(day) : null);
    }

    public SubscriptionId Id { get; }

    /// <summary>A GUID in legacy, <c>product:sku:availability</c> in new commerce.</summary>
    public CatalogItemId? OfferId { get; }

    public string? OfferName { get; }

    public string? FriendlyName { get; }

    /// <summary>The number of seats; 0 where the service does not say, which <see cref="HasQuantity"/> shows.</summary>
    public int Quantity { get; }

    /// <summary>Whether the service says how many seats there are.</summary>
    public bool HasQuantity { get; }

    public string Status { get; }

    public bool IsActive => ServiceWord.Is(Status, "active");

    public bool IsSuspended => ServiceWord.Is(Status, "suspended");

    public bool IsDeleted => ServiceWord.Is(Status, "deleted");

    /// <summary>Whether it is suspended, or over. What is neither active nor this may become active yet: it is pending, or its status is a word that is not known.</summary>
    public bool IsOutOfService => IsSuspended || IsDeleted || ServiceWord.Is(Status, "expired") || ServiceWord.Is(Status, "disabled");

    public bool IsLicenseBased => ServiceWord.Is(_json.Text("billingType"), "license");

    public string? BillingCycle => _json.Text("billingCycle");

    public string? TermDuration => _json.Text("termDuration");

    public bool AutoRenewEnabled => _json.Flag("autoRenewEnabled");

    public bool IsTrial => _json.Flag("isTrial");

    public SubscriptionId? ParentSubscriptionId { get; }

    /// <summary>The last moment of the term; a date alone means the end of that day, UTC.</summary>
    public DateTimeOffset? CommitmentEnd { get; }

    /// <summary>The last moment a new-commerce purchase can be canceled or reduced: 7 days after it, where the service does not say.</summary>
    public DateTimeOffset? CancelableUntil => Commerce == CommerceKind.NewCommerce
        ? _json.Date("cancellationAllowedUntilDate") ?? TermStartedOn?.AddDays(7)
        : null;

    /// <summary>When it was bought; null where the service does not say.</summary>
    public DateTimeOffset? CreatedOn => _json.Date("creationDate");

    /// <summary>When its term began, by purchase or renewal; null where the service does not say.</summary>
    public DateTimeOffset? TermStartedOn => _json.Date("effectiveStartDate") ?? _json.Date("creationDate");

    /// <summary>New commerce: what is scheduled for the end of its term; null for nothing.</summary>
    public ScheduledAction? ScheduledAction => ScheduledAction.Of(_json);

    /// <summary>The same, and whether it renews.</summary>
    public EndOfTermSetting TermEnd => new(AutoRenewEnabled, ScheduledAction);

    /// <summary>New commerce: the seats it is to have when it renews; null where nothing is scheduled.</summary>
    public int? QuantityAtRenewal => ScheduledAction?.Quantity;

    public OrderId? OrderId => _json.Id<IdKind.Order>("orderId");

    /// <summary>The Microsoft partner id of the reseller of record.</summary>
    public string? PartnerId => _json.Text("partnerId");

    public string? EntityTag => _json.Resource("attributes")?.Text("etag");

    public CommerceKind Commerce => ServiceWord.Is(_json.Resource("productType")?.Text("id"), "OnlineServicesNCE") || OfferId is { IsNewCommerce: true }
        ? CommerceKind.NewCommerce
        : CommerceKind.Legacy;

    public static Subscription Read(ResourceReader json) => new(json);

    /// <summary>The whole resource as read, with some members changed: what a PATCH sends (a minimal body would reset the others).</summary>
    public JObject With(IEnumerable<KeyValuePair<string, JToken>> changes)
    {
        var copy = (JObject)_json.Json.DeepClone();
        foreach (var change in changes)
        {
            ServiceJson.Set(copy, change.Key, change.Value);
        }

        return copy;
    }

    /// <summary>The same as it would be after changes; what is null stays as it is.</summary>
    public Subscription After(int? quantity = null, string? friendlyName = null, EndOfTermSetting? termEnd = null, string? status = null)
    {
        var changes = new List<KeyValuePair<string, JToken>>();
        Add("quantity", (long?)quantity);
        Add("friendlyName", friendlyName);
        Add("status", status);
        if (termEnd is not null && Commerce == CommerceKind.NewCommerce)
        {
            changes.AddRange(termEnd.ToChanges());
        }

        Add("autoRenewEnabled", termEnd?.AutoRenew);
        return Read(new ResourceReader(With(changes), "a subscription"));

        void Add(string member, object? value)
        {
            if (value is not null)
            {
                changes.Add(new(member, JToken.FromObject(value)));
            }
        }
    }

    // Old samples have no offerId, only links.offer.uri = "/v1/offers/{offerId}".
    private static string? OfferIdFromLink(ResourceReader json)
    {
        var uri = json.Resource("links")?.Resource("offer")?.Text("uri");
        return uri?.Split('?')[0].TrimEnd('/') is { } path ? path.Substring(path.LastIndexOf('/') + 1) : null;
    }
}
