using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>A suspended subscription is made active again.</summary>
internal sealed record Reactivation : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Reactivation;

    public override string Describe(Purchase purchase) => Text("Reactivate {0} ({1}) with {2}", purchase.Offer.Name, Existing?.Id, Enumeration.Count(purchase.Quantity, "seat"));

    public override string DescribeTerms(Purchase purchase) => NameOf(purchase);

    public override string Explain(Purchase purchase) => $"{Existing!.OfferName} ({Existing.Id}) is made active again.";
}
