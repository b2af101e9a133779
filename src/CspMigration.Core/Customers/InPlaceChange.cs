using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Customers;

/// <summary>
/// Whether what the journal knows as a change of a source in place still holds by the service (docs/rules.md, rule 27): a transition may have
/// failed since, and someone may have taken a schedule off.
/// </summary>
internal static class InPlaceChange
{
    /// <summary>Whether the source has the target's product by now.</summary>
    public static bool HasBecome(Subscription source, PurchaseIntended change) => source.OfferId.IsSameAs(change.OfferId);

    /// <summary>Whether a source renews as a product.</summary>
    /// <param name="source">The source.</param>
    /// <param name="offerId">The product.</param>
    public static bool IsScheduled(Subscription source, CatalogItemId? offerId)
    {
        return source is { AutoRenewEnabled: true, ScheduledAction: { Kind: ScheduledActionKind.RenewToNewTerm } next } && next.ProductSku.IsSameAs(offerId);
    }

    /// <summary>Whether a change holds as far as the subscription itself shows it. How a transition stands, only the list of transitions shows.</summary>
    public static bool MayStand(Subscription source, PurchaseIntended change)
    {
        return change.Method != JournalMethod.Renewal || HasBecome(source, change) || IsScheduled(source, change.OfferId);
    }

    /// <summary>Whether a change holds.</summary>
    public static async Task<bool> IsStandingAsync(MigrationOperation operation, CustomerId customerId, Subscription source, PurchaseIntended change, CancellationToken cancellationToken)
    {
        return HasBecome(source, change)
            || (change.Method == JournalMethod.Renewal
                ? IsScheduled(source, change.OfferId)
                : (await operation.Client.Transitions.ListAsync(customerId, source.Id, cancellationToken).ConfigureAwait(false))
                    .Any(transition => IsOf(transition, source.Id, change.OfferId, change.Quantity) && !transition.HasFailed));
    }

    /// <summary>
    /// Whether a transition makes a subscription itself another product. One of fewer seats, or into another subscription, is someone else's: it
    /// leaves the subscription what it is (docs/partner-center.md §18).
    /// </summary>
    /// <param name="transition">The transition.</param>
    /// <param name="sourceId">The subscription.</param>
    /// <param name="offerId">The product.</param>
    /// <param name="quantity">The subscription's seats; null where they are not known.</param>
    public static bool IsOf(Transition transition, SubscriptionId sourceId, CatalogItemId? offerId, int? quantity)
    {
        return transition.ToCatalogItemId.IsSameAs(offerId)
            && !(transition.Quantity < quantity)
            && (transition.ToSubscriptionId is not { } toId || toId.Is(sourceId));
    }
}
