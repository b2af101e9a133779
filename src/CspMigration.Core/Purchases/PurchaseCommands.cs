using CspMigration.Contracts;

namespace CspMigration.Core.Purchases;

/// <summary>What a user would run to buy, as data.</summary>
internal static class PurchaseCommands
{
    /// <summary>Buys in the first of several ways.</summary>
    public static Remedy Purchase(PurchaseAlternatives alternatives) => Remedy.Of([alternatives]);
}
