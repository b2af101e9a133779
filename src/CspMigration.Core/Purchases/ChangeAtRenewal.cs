using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>The source becomes the target when its term renews.</summary>
internal sealed record ChangeAtRenewal : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Renewal;

    public override string Describe(Purchase purchase)
    {
        return Text(
            "Have {0} ({1}) renew as {2} with {3} seats after {4}, {5}", Existing?.OfferName, Existing?.Id, purchase.Offer.Name, purchase.Quantity, UtcDay.Of(Existing?.CommitmentEnd), purchase.TermText);
    }
}
