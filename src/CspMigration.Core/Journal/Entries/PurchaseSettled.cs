using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A purchase has a definite outcome.</summary>
internal sealed record PurchaseSettled : PurchaseEntry
{
    /// <summary>Whether it was accepted.</summary>
    [JsonProperty("done", Order = AtLast)]
    public bool Done { get; init; }

    /// <summary>Why it was not, as the service's code or an error id.</summary>
    [JsonProperty("reason", Order = AtLast)]
    public string? Reason { get; init; }

    /// <summary>Whether a target was bought, enlarged or made active again; not whether one that was there was chosen.</summary>
    public bool HasGotTarget => Done && (IsOrder || Method is JournalMethod.Reactivation or JournalMethod.Resize);

    /// <summary>What must have been intended, where the intent is not in the journal.</summary>
    public PurchaseIntended ToIntent()
    {
        return new PurchaseIntended
        {
            At = At,
            CustomerId = CustomerId,
            Sources = Sources,
            RequestId = RequestId,
            Method = Method,
            OfferId = OfferId,
            Quantity = Quantity,
            QuantityAsked = QuantityAsked,
            QuantityBefore = QuantityBefore,
            FriendlyName = FriendlyName,
            OrderId = OrderId,
            SubscriptionId = SubscriptionId,
        };
    }
}
