using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Purchases;

/// <summary>An extra line on the legacy order of the base.</summary>
internal sealed record AddOnOrder : NewSubscription
{
    public override JournalMethod Word => JournalMethod.AddOnOrder;

    // Whether an add-on's base is there or comes with it is no other plan.
    public override string Identity => nameof(JournalMethod.Order);
}
