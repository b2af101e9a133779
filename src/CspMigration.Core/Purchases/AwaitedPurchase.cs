using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>An earlier run bought it, and its subscription is not known yet: it is waited for.</summary>
internal sealed record AwaitedPurchase : PurchaseMethod
{
    /// <summary>How it was bought.</summary>
    public required PurchaseMethod Begun { get; init; }

    public override JournalMethod Word => Begun.Word;

    public override bool IsBought => true;

    public override string Identity => nameof(AwaitedPurchase);

    public override int SeatsBought(int quantity) => 0;

    public override int SeatsToCome(int quantity) => quantity;

    public override string Describe(Purchase purchase) => Text("Wait for {0} of {1}, already bought", Enumeration.Count(purchase.Quantity, "seat"), purchase.Offer.Name);
}
