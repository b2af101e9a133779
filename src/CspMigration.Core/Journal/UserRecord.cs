using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>What the journal says of one user of a source.</summary>
internal sealed class UserRecord
{
    /// <summary>The last line about the move away from the source.</summary>
    public LicenseEntry? Last { get; private set; }

    /// <summary>The last of those lines that name the source first: the users of sources that are moved as one are listed with the first of them.</summary>
    public LicenseEntry? Listed { get; private set; }

    /// <summary>Whether the move was begun and is not known to be done.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Whether an update was sent and not refused: whether it was carried out, the licenses show.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Adds a line.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="isListed">Whether it names the source first.</param>
    public void Add(LicenseEntry entry, bool isListed)
    {
        if (entry.IsBack)
        {
            IsLeft = false;
            return;
        }

        var settled = entry as LicenseSettled;
        (Last, Listed) = (entry, isListed ? entry : Listed);
        IsLeft = settled is not { Done: true };
        IsSent = settled is null || (settled.Done && IsSent);
    }
}
