namespace CspMigration.Core.Journal.Entries;

/// <summary>A subscription's status is about to be changed.</summary>
internal sealed record StatusIntended : StatusEntry;
