using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Purchases;

/// <summary>A legacy order.</summary>
internal sealed record LegacyOrder : NewSubscription
{
    public override JournalMethod Word => JournalMethod.Order;
}
