using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>What an earlier run bought, beside what is asked for now. What is bought stays as it is: nothing is bought twice.</summary>
internal static class EarlierPurchase
{
    /// <summary>Whether it is of another directory SKU than the target asked for; of another offer, where a SKU is not known.</summary>
    public static bool IsOfOtherTarget(TargetOffer bought, SkuTarget asked)
    {
        return bought.Sku is { } skuId && asked.Sku is { } askedSkuId
            ? !skuId.Is(askedSkuId)
            : asked.OfferIds.Count > 0 && !asked.CatalogItems.Any(offer => offer.IsSameAs(bought.CatalogItem));
    }

    /// <summary>
    /// Whether it has other seats than are asked for. What was the customer's own, and was used or given seats, has others
    /// besides: there only the journal tells how many were asked for, and with the journal lost no one does.
    /// </summary>
    public static bool HasOtherSeats(int seats, PurchaseEntry? written, int asked)
    {
        return seats != asked && !(IsShared(written) && (written!.QuantityAsked ?? asked) == asked);
    }

    /// <summary>Whether it was the customer's own, and was used or given seats: its terms were never those asked for.</summary>
    public static bool IsShared(PurchaseEntry? written)
    {
        return written?.Method is JournalMethod.Resize or JournalMethod.Reactivation or JournalMethod.Reuse;
    }

    /// <summary>A sentence on the terms that are asked for now and are others there; null where all are as asked for.</summary>
    /// <param name="bought">What was bought, with the options of now.</param>
    public static string? OtherTerms(Purchase bought)
    {
        var asked = bought.Options;
        var differences = new List<string>();
        Compare("term", bought.TermDuration, asked.Term);
        Compare("billing cycle", bought.BillingCycle, asked.BillingCycle?.ToLowerInvariant());
        Compare("end of the term", UtcDay.Of(bought.Existing is { } existing ? existing.CommitmentEnd : bought.TermEndDate), UtcDay.Of(asked.TermEndDate));
        Compare("partner of record", bought.PartnerIdOnRecord, asked.PartnerIdOnRecord);
        return differences.Count == 0 ? null : $"Not as asked for: {string.Join("; ", differences)}.";

        void Compare(string what, string? there, string? wanted)
        {
            if (wanted is not null && !ServiceWord.Is(there, wanted))
            {
                differences.Add($"{what} {(string.IsNullOrEmpty(there) ? "none" : there)} instead of {wanted}");
            }
        }
    }

    /// <summary>What stands before the mark in its friendly name, where that is not the name asked for; null else, and where someone has changed the name.</summary>
    public static string? OtherName(Purchase bought)
    {
        var name = PurchaseMark.WithoutSources(bought.FriendlyName);
        return bought.Options.FriendlyName is { } asked && name != bought.FriendlyName && !string.Equals(name, asked, StringComparison.Ordinal) ? name : null;
    }
}
