using System;
using System.Collections.Generic;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal;

/// <summary>One line of the journal. It carries ids, numbers and reasons, never a token or the name of a person.</summary>
[JsonObject(MemberSerialization.OptIn, ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed class JournalEntry
{
    /// <summary><see cref="Way"/> of a licence update that takes an earlier one back.</summary>
    public const string Back = "Back";

    /// <summary>The format of the line as it was read, see <see cref="JournalFormat"/>; null in lines of 0.1.0, and before it is written.</summary>
    [JsonProperty(JournalFormat.Member)]
    public int? Version { get; init; }

    /// <summary>The number is written by whoever writes the line, in front of all else.</summary>
    public static bool ShouldSerializeVersion() => false;

    [JsonProperty("kind", Required = Required.Always)]
    public JournalEntryKind Kind { get; init; }

    /// <summary>When it was written, UTC.</summary>
    [JsonProperty("at", Required = Required.Always)]
    public DateTimeOffset At { get; init; }

    /// <summary>The partner tenant the journal belongs to; on <see cref="JournalEntryKind.Opened"/>.</summary>
    [JsonProperty("partner")]
    public string? PartnerTenantId { get; init; }

    /// <summary>Which process on which machine writes; on <see cref="JournalEntryKind.Opened"/>.</summary>
    [JsonProperty("writer")]
    public string? Writer { get; init; }

    [JsonProperty("customer")]
    public string? CustomerId { get; init; }

    /// <summary>The customer's company name; on <see cref="JournalEntryKind.SourceFound"/>.</summary>
    [JsonProperty("customerName")]
    public string? CustomerName { get; init; }

    /// <summary>The end of the source's term; on <see cref="JournalEntryKind.SourceFound"/>.</summary>
    [JsonProperty("commitmentEnd")]
    public DateTimeOffset? CommitmentEndDate { get; init; }

    /// <summary>The source subscriptions the entry is about.</summary>
    [JsonProperty("sources")]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>The idempotency key of the request: what ties intent and outcome together.</summary>
    [JsonProperty("request")]
    public Guid? RequestId { get; init; }

    [JsonProperty("offer")]
    public string? OfferId { get; init; }

    [JsonProperty("offerName")]
    public string? OfferName { get; init; }

    /// <summary>The directory SKU of the successor; on <see cref="JournalEntryKind.SourceFound"/>, of the source.</summary>
    [JsonProperty("sku")]
    public string? SkuId { get; init; }

    [JsonProperty("quantity")]
    public int? Quantity { get; init; }

    /// <summary>The seats that were asked for, where the user said how many; <see cref="Quantity"/> is what there are to be in all.</summary>
    [JsonProperty("asked")]
    public int? QuantityAsked { get; init; }

    /// <summary>How a successor is got, in words of the purchase.</summary>
    [JsonProperty("way")]
    public string? Way { get; init; }

    /// <summary>The seats before a resize.</summary>
    [JsonProperty("before")]
    public int? QuantityBefore { get; init; }

    [JsonProperty("billingCycle")]
    public string? BillingCycle { get; init; }

    [JsonProperty("term")]
    public string? TermDuration { get; init; }

    /// <summary>The day the term was asked to end; absent for the full term.</summary>
    [JsonProperty("termEnd")]
    public DateTimeOffset? TermEndDate { get; init; }

    [JsonProperty("partnerOnRecord")]
    public string? PartnerIdOnRecord { get; init; }

    [JsonProperty("parent")]
    public string? ParentSubscriptionId { get; init; }

    [JsonProperty("cart")]
    public string? CartId { get; init; }

    [JsonProperty("friendlyName")]
    public string? FriendlyName { get; init; }

    [JsonProperty("order")]
    public string? OrderId { get; init; }

    [JsonProperty("subscription")]
    public string? SubscriptionId { get; init; }

    /// <summary>The status a subscription is given.</summary>
    [JsonProperty("status")]
    public string? Status { get; init; }

    [JsonProperty("user")]
    public string? UserId { get; init; }

    /// <summary>The directory SKUs a licence update clears.</summary>
    [JsonProperty("fromSkus")]
    public IReadOnlyList<string>? FromSkuIds { get; init; }

    /// <summary>The directory SKUs a licence update sets.</summary>
    [JsonProperty("toSkus")]
    public IReadOnlyList<string>? ToSkuIds { get; init; }

    /// <summary>The service plans that were switched off in the licence that is cleared; of several licences, those that were on in none.</summary>
    [JsonProperty("plansOff")]
    public IReadOnlyList<string>? SwitchedOffPlans { get; init; }

    /// <summary>The service plans that were switched off in each of several licences that are cleared, by directory SKU; absent for one.</summary>
    [JsonProperty("plansOffBySku")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SwitchedOffPlansBySku { get; init; }

    /// <summary>What a subscription was to do at the end of its term before that was changed; on <see cref="JournalEntryKind.StatusIntended"/>.</summary>
    [JsonProperty("termEndBefore")]
    public TermEndRecord? TermEndBefore { get; init; }

    /// <summary>Whether the request was carried out; on the settling kinds.</summary>
    [JsonProperty("done")]
    public bool? Done { get; init; }

    /// <summary>
    /// Why it was not, as an error id or the service's code; on <see cref="JournalEntryKind.Stopped"/>, the error id. On
    /// <see cref="JournalEntryKind.StatusSettled"/> why a subscription was suspended, where it was for no migration.
    /// </summary>
    [JsonProperty("reason")]
    public string? Reason { get; init; }

    /// <summary>What became of the user, by the name of a <see cref="Contracts.UserMoveOutcome"/>; on <see cref="JournalEntryKind.LicenseSettled"/>.</summary>
    [JsonProperty("outcome")]
    public string? Outcome { get; init; }

    /// <summary>
    /// What the error said; on <see cref="JournalEntryKind.Stopped"/>. Why the user was not moved, and what to do; on
    /// <see cref="JournalEntryKind.LicenseSettled"/>. Users are named by their ids.
    /// </summary>
    [JsonProperty("error")]
    public string? Error { get; init; }

    /// <summary>Whether it says that a target was bought, enlarged or made active again; not whether one that was there was chosen.</summary>
    public bool HasGotTarget() => Kind == JournalEntryKind.PurchaseSettled && Done == true && Way is "Order" or "AddOnOrder" or "Cart" or "Reactivation" or "Resize";
}
