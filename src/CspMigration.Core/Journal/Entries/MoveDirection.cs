namespace CspMigration.Core.Journal.Entries;

/// <summary>Where a license update leads; a move to the target has no word in the journal.</summary>
internal enum MoveDirection
{
    /// <summary>Back to the source.</summary>
    Back,
}
