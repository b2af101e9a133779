namespace CspMigration.Core.Journal.Entries;

/// <summary>A user's license is about to be moved.</summary>
internal sealed record LicenseIntended : LicenseEntry;
