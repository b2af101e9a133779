using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchasing;

/// <summary>Finds what a source is to become among what the service offers right before it is sent: the items change every day.</summary>
internal static class TransitionTargets
{
    /// <exception cref="CspMigrationException"><c>MethodNotAvailable</c>: it is not offered any more.</exception>
    public static async Task<TransitionEligibility> FindAsync(
        MigrationOperation operation, Purchase purchase, PurchaseIntended intent, SubscriptionId subscriptionId, bool atRenewal, CancellationToken cancellationToken)
    {
        var eligibilities = await operation.Client.Transitions.ListEligibilitiesAsync(purchase.CustomerId, subscriptionId, atRenewal, cancellationToken).ConfigureAwait(false);
        return eligibilities.FirstOrDefault(eligibility => eligibility.CatalogItemId.IsSameAs(intent.OfferId ?? purchase.Offer.CatalogItem))
            ?? throw NotOffered(purchase, subscriptionId, "the service no longer offers it.");
    }

    public static CspMigrationException NotOffered(Purchase purchase, SubscriptionId subscriptionId, string why)
    {
        return ErrorCatalog.MethodNotAvailable.Exception(
            $"{purchase.Existing?.OfferName ?? subscriptionId.ToString()} of {purchase.CustomerName} cannot become {purchase.Offer.Name}: {why}", purchase.CustomerId, subscriptionId);
    }
}
