using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>An existing subscription gets more seats.</summary>
internal sealed record Resize : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Resize;

    public override string Identity => Text("{0} from {1}", Word, Existing?.Quantity);

    public override int SeatsBought(int quantity) => quantity - (Existing?.Quantity ?? 0);

    public override string Describe(Purchase purchase) => Text("Raise {0} ({1}) from {2} to {3}", Existing?.OfferName, Existing?.Id, Existing?.Quantity, Enumeration.Count(purchase.Quantity, "seat"));

    public override string DescribeTerms(Purchase purchase) => NameOf(purchase);

    public override string Explain(Purchase purchase) => Text("{0} ({1}) grows from {2} to {3}.", Existing!.OfferName, Existing.Id, Existing.Quantity, Enumeration.Count(purchase.Quantity, "seat"));
}
