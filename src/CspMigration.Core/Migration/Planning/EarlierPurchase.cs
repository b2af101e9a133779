using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Migration.Planning;

/// <summary>What an earlier run bought, beside what is asked for now. What is bought stays as it is: nothing is bought twice.</summary>
internal static class EarlierPurchase
{
    /// <summary>Whether it is of another directory SKU than the target asked for; of another offer, where a SKU is not known.</summary>
    public static bool IsOfOtherTarget(TargetOffer bought, SkuTarget asked)
    {
        return bought.SkuId is { } skuId && asked.SkuId is { } askedSkuId
            ? !CustomerView.Same(skuId, askedSkuId)
            : asked.OfferIds.Count > 0 && !asked.OfferIds.Any(offer => CustomerView.Same(offer.OfferId, bought.Id));
    }

    /// <summary>
    /// Whether it has other seats than are asked for. What was the customer's own, and was used or given seats, has others
    /// besides: there only the journal tells how many were asked for, and with the journal lost nobody does.
    /// </summary>
    public static bool HasOtherSeats(int seats, JournalEntry? written, int asked)
    {
        var isShared = written?.Way is nameof(PurchaseWay.Resize) or nameof(PurchaseWay.Reactivation) or nameof(PurchaseWay.None);
        return seats != asked && !(isShared && (written!.QuantityAsked ?? asked) == asked);
    }
}
