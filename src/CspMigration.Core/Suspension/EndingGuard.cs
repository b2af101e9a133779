using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>What keeps a source from ending: users who depend on it, and add-ons that are active (docs/rules.md, rules 9, 10, 23).</summary>
internal sealed class EndingGuard
{
    private readonly MigrationOperation _operation;

    public EndingGuard(MigrationOperation operation) => _operation = operation;

    /// <summary>How many users depend on the source, where they do not keep it from ending; null where they cannot be counted.</summary>
    public async Task<int?> TryCountHoldersAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        // Who does not pay, or is a fraud, need not let us into the directory; only the number is not known then.
        try
        {
            return await CountAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.StatusCode == 403 || e.ErrorId == ErrorCatalog.HoldersUnknown.Id)
        {
            _operation.Observer.Verbose($"The users of {subscription.OfferName} could not be counted: {e.Problem}");
            return null;
        }
    }

    /// <summary>Checks that no user depends on the source any more, and that no exchange of a group's licenses was left halfway.</summary>
    /// <returns>How many do: none.</returns>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>, <c>HoldersUnknown</c>.</exception>
    public async Task<int> CheckHoldersAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        var holders = await CountAsync(view, subscription, request, cancellationToken).ConfigureAwait(false);

        // A member whom an interrupted exchange of a group has left with nothing holds no license that could be counted.
        var openGroups = request.IsPlanned ? [] : _operation.Journal.View.OpenGroups(view.CustomerId, subscription.Id);
        if (holders > 0 || (holders is null && request.LicensesMoved == false) || openGroups.Count > 0)
        {
            var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
            throw new RemainingHolders(_operation, request, subscription, subscriptions, holders)
            {
                OpenGroups = openGroups,
                HasTargets = await HasTargetsAsync(view, subscription, request, isSkuRead: holders is not null && !request.IsPlanned, cancellationToken).ConfigureAwait(false),
            }.ToException();
        }

        return holders ?? 0;
    }

    // In a plan, whose moves count as made, the earlier step knows the number; null where it does not.
    private static async Task<int?> CountAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        if (request is { IsPlanned: true, UsersRemaining: null or 0 })
        {
            return request.UsersRemaining;
        }

        var skuId = request.Sku ?? await view.RequireSkuIdOfAsync(subscription, cancellationToken).ConfigureAwait(false);
        try
        {
            return request.IsPlanned
                ? Math.Max(0, request.UsersRemaining!.Value - await CustomerFacts.SeatsOfOtherSourcesAsync(view, skuId, subscription.Id, request.KeysOfSku, request.Before, cancellationToken).ConfigureAwait(false))
                : await HolderCount.DependentOnAsync(view, skuId, subscription, seatsKept: 0, request.KeysOfSku, request.Before, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.HoldersUnknown.Id)
        {
            throw e.About(view.CustomerId.ToString(), subscription.Id.ToString());
        }
    }

    // As the planning of a purchase looks it up; the SKU has been read where the holders were counted.
    private async Task<bool> HasTargetsAsync(CustomerView view, Subscription subscription, SuspensionRequest request, bool isSkuRead, CancellationToken cancellationToken)
    {
        var map = _operation.Session.Map;
        var skuId = request.Sku ?? (isSkuRead ? await view.SkuIdOfAsync(subscription.Id, cancellationToken).ConfigureAwait(false) : null);
        var mapping = map.Find(subscription.OfferId, skuId)
            ?? (isSkuRead ? map.Find(subscription.OfferId, partNumber: (await view.SkuAsync(skuId, cancellationToken).ConfigureAwait(false))?.PartNumber) : null);
        return mapping is { Targets.Count: > 0 };
    }

    /// <summary>Checks that the add-ons have ended, or will before the source.</summary>
    /// <exception cref="CspMigrationException"><c>AddOnStillActive</c>.</exception>
    public async Task CheckAddOnsAsync(CustomerView view, Subscription subscription, SuspensionRequest request, CancellationToken cancellationToken)
    {
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var active = subscriptions.Where(other => other.IsActive && other.ParentSubscriptionId.Is(subscription.Id) && request.Before?.IsGoing(other.Id) != true && !EndsBefore(other, subscription)).ToList();
        if (active.Count > 0)
        {
            throw ErrorCatalog.AddOnStillActive.Exception(
                $"{subscription.OfferName} still has active add-ons: {string.Join(", ", active.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))}. The service does not say what happens to an add-on when its base is suspended.",
                request.Customer,
                subscription.Id,
                AddOnAdvice.For(request.Customer, subscription, active, _operation.Time.GetUtcNow()));
        }
    }

    // An add-on of new commerce that is canceled at the end of its term stays active until then.
    private static bool EndsBefore(Subscription addOn, Subscription subscription)
    {
        return EndOfTermSetting.Cancel.IsOf(addOn) && addOn.CommitmentEnd <= subscription.CommitmentEnd;
    }
}
