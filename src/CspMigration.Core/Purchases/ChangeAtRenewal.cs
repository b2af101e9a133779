using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>The source becomes the target when its term renews.</summary>
internal sealed record ChangeAtRenewal : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Renewal;

    // What someone schedules while the prompt stands is not replaced unseen.
    public override string Identity => $"{Word} {(Existing is null ? null : TermEndRecord.Of(Existing.TermEnd))}";

    public override string Describe(Purchase purchase)
    {
        var replaced = Existing is { ScheduledAction: not null } source && !InPlaceChange.IsScheduled(source, purchase.Offer.CatalogItem) ? $"; now: {EndOfTermRules.Describe(source)}" : "";
        return Text(
            "Have {0} ({1}) renew as {2} with {3} seats after {4}, {5}", Existing?.OfferName, Existing?.Id, purchase.Offer.Name, purchase.Quantity, UtcDay.Of(Existing?.CommitmentEnd), purchase.TermText) + replaced;
    }
}
