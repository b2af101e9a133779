using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>A source the map has no target for: someone has to find the equivalent before its data is lost (docs/rules.md, rule 18).</summary>
internal sealed class UnmappedSource
{
    private readonly ExpiringSubscription _row;

    public UnmappedSource(ExpiringSubscription row) => _row = row;

    private string Problem
    {
        get
        {
            if (_row.Commerce == CommerceKind.OtherChannel)
            {
                return $"{_row.OfferName} is no longer on sale here, and the SKU map has no target for it; its data could be lost when the customer's units of it end.";
            }

            var end = UtcDay.Of(_row.CommitmentEndDate);
            return end is null
                ? $"The SKU map has no target for {_row.OfferName}."
                : $"The SKU map has no target for {_row.OfferName}; its data could be lost after {end}, when the term ends.";
        }
    }

    // For this source alone: behind a line over many customers, the target would be that of them all.
    private Remedy Help => _row.Id is { } subscriptionId
        ? Remedies.NameEquivalentOf(UserCommands.Buy(_row.Customer, subscriptionId), Offers)
        : Remedies.NameEquivalent(Offers);

    private Remedy Offers => UserCommands.ListOffers(_row.Customer);

    /// <summary>The failure of a source that no license replaces.</summary>
    public CspMigrationException Refuse(SkuMapping mapping, string reason)
    {
        var end = UtcDay.Of(_row.CommitmentEndDate);
        return ErrorCatalog.NoTarget.Exception(
            $"No license replaces {mapping.Source}. {reason}{(end is null ? "" : $" Its data could be lost after {end}, when the term ends.")}",
            _row.Customer,
            _row.Id,
            Remedies.ReplaceElsewhere());
    }

    public Finding ToFinding() => Finding.Warn(Problem, Help, ErrorCatalog.NoTarget.Id);

    /// <summary>The same as a failure, for a result that names one.</summary>
    public CspMigrationException ToFailure() => ErrorCatalog.NoTarget.Exception(Problem, _row.Customer, _row.Id, Help);
}
