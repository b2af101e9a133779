using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Purchases;

/// <summary>A suspended subscription is made active again.</summary>
internal sealed record Reactivation : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Reactivation;

    public override string Describe(Purchase purchase) => Text("Reactivate {0} ({1}) with {2} seats", purchase.Offer.Name, Existing?.Id, purchase.Quantity);

    public override string DescribeTerms(Purchase purchase) => NameOf(purchase);

    public override string Explain(Purchase purchase) => $"{Existing!.OfferName} ({Existing.Id}) is made active again.";
}
