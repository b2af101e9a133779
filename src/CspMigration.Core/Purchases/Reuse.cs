using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Purchases;

/// <summary>A subscription that is there is used: bought by an earlier run, or found with enough free seats.</summary>
internal sealed record Reuse : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Reuse;

    public override bool IsBought => true;

    public override int SeatsBought(int quantity) => 0;

    public override string Describe(Purchase purchase)
    {
        return Text(purchase.RestoresRenewal ? "Set {0} ({1}) to renew again after a rollback" : "Add to {0} ({1})", Existing?.OfferName, Existing?.Id);
    }

    public override string Explain(Purchase purchase) => $"{Existing!.OfferName} ({Existing.Id}) has enough free seats, and {TargetDuration.Describe(Existing)}.";
}
