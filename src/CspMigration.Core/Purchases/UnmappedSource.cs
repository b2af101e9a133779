using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>A source the map has no target for: somebody has to find the equivalent before its data is lost (docs/rules.md, rule 18).</summary>
internal sealed class UnmappedSource
{
    private readonly ExpiringSubscription _row;

    public UnmappedSource(ExpiringSubscription row) => _row = row;

    private string Problem
    {
        get
        {
            var end = UtcDay.Of(_row.CommitmentEndDate);
            return end is null
                ? $"The SKU map has no successor for {_row.OfferName}."
                : $"The SKU map has no successor for {_row.OfferName}; its data could be lost after {end}, when the term ends.";
        }
    }

    // What another channel sold goes on under the same licenses, where the partner sells the same product.
    private string Remedy => _row is { Commerce: CommerceKind.OtherChannel, SkuId: { } skuId }
        ? $"To buy the same product, so that no license is reassigned: -Target {skuId}. {Equivalent}"
        : Equivalent;

    private string Equivalent => $"Name the equivalent with {Line}-Target, or have Connect-CspPartner -SkuMapPath load a map that has the product. "
        + $"What is on sale for the customer: Get-TargetOffer -CustomerId {_row.CustomerId}";

    // For this source alone: behind a line over many customers, the target would be that of them all.
    private string Line => _row.SubscriptionId is null ? "" : $"New-TargetSubscription -CustomerId {_row.CustomerId} -SubscriptionId {_row.SubscriptionId} ";

    public Finding ToFinding() => Finding.Warn(Problem, Remedy, ErrorCatalog.NoTarget.Id);

    /// <summary>The same as a failure, for a result that names one.</summary>
    public CspMigrationException ToFailure() => ErrorCatalog.NoTarget.Exception(Problem, _row.CustomerId, _row.SubscriptionId, Remedy);
}
