namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's seats are about to be changed on their own.</summary>
internal sealed record QuantityIntended : QuantityEntry;
