using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Purchases;

/// <summary>The service changes the source in place, at once.</summary>
internal sealed record TransitionInPlace : PurchaseMethod
{
    public override JournalMethod Word => JournalMethod.Transition;

    public override string Describe(Purchase purchase)
    {
        // The renewal is taken over from the source: it is set where users would lose the target again.
        return Text("Transition {0} ({1}), {2} seats, to {3} at once, {4}, which cannot be undone", Existing?.OfferName, Existing?.Id, purchase.Quantity, purchase.Offer.Name, purchase.TermText)
            + (Existing?.AutoRenewEnabled == false ? "; it renews from then on" : "");
    }
}
