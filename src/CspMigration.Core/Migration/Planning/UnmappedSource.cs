using System.Globalization;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Migration.Planning;

/// <summary>A source the map has no successor for: somebody has to find the equivalent before its data is lost (design rule 18).</summary>
internal sealed class UnmappedSource
{
    private readonly ExpiringSubscription _row;

    public UnmappedSource(ExpiringSubscription row) => _row = row;

    public Finding ToFinding()
    {
        var end = _row.CommitmentEndDate?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Finding.Warn(
            end is null
                ? $"The SKU map has no successor for {_row.OfferName}."
                : $"The SKU map has no successor for {_row.OfferName}; its data could be lost after {end}, when the term ends.",
            "Find the equivalent: name it with -Target, or load a map that has the product.",
            ErrorCatalog.NoTarget.Id);
    }
}
