using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>The trial becomes a paid subscription in place.</summary>
internal sealed record TrialConversion : PurchaseMethod
{
    /// <summary>The conversion that the service offers; null where it no longer offers what an earlier run began.</summary>
    public Conversion? Conversion { get; init; }

    public override JournalMethod Word => JournalMethod.Conversion;

    public override bool MovesUsers => false;

    public override string Describe(Purchase purchase)
    {
        return Text("Convert the trial {0} to {1}, {2}, {3}", Existing?.OfferName, purchase.Offer.Name, Enumeration.Count(purchase.Quantity, "seat"), purchase.TermText);
    }
}
