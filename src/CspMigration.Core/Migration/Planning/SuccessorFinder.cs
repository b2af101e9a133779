using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Finds the successor a source has already: the service first, then the journal.</summary>
internal sealed class SuccessorFinder
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseBuilder _builder;
    private readonly ConversionPlanner _conversions;
    private readonly AddOnChooser _addOns;

    public SuccessorFinder(PlanningContext context, PurchaseBuilder builder, AddOnChooser addOns)
    {
        _operation = context.Operation;
        _view = context.View;
        _builder = builder;
        _conversions = new ConversionPlanner(context, builder);
        _addOns = addOns;
    }

    /// <summary>Looks for what an earlier run bought, or began; and converts trials, which become their own successors.</summary>
    /// <param name="source">The source.</param>
    /// <param name="purchases">Gets what is found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Finding> CheckAsync(MigrationCase source, List<Purchase> purchases, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var marked = subscriptions.Where(other => PurchaseMark.Names(other.FriendlyName, source.Key) && !CustomerView.Same(other.Id, source.Row.SubscriptionId)).ToList();
        var existing = marked.FirstOrDefault(other => other.IsActive) ?? await FromJournalAsync(source, cancellationToken).ConfigureAwait(false);
        if (existing is not null)
        {
            purchases.Add(await ResumeAsync(source, existing, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{existing.OfferName} ({existing.Id}) was bought for it by an earlier run.");
        }

        if (_operation.Journal.View.OpenPurchase(_view.CustomerId, source.Key) is { } open)
        {
            await FinishAsync(source, open, purchases, subscriptions, cancellationToken).ConfigureAwait(false);
            return Finding.Pass(open.IsAccepted
                ? $"The service accepted a purchase for it after {open.Intent.At:u}, and its subscription is not listed yet: it is waited for, not bought again."
                : $"An earlier run sent a purchase for it on {open.Intent.At:u} and did not hear of its outcome: it is finished first.");
        }

        if (source.Subscription?.IsTrial == true)
        {
            purchases.Add(await _conversions.PlanAsync(source, cancellationToken).ConfigureAwait(false));
            return Finding.Pass("The trial is converted in place.");
        }

        if (subscriptions.FirstOrDefault(other => other.IsActive && PurchaseMark.NamesSeats(other.FriendlyName, source.Key)) is { } resized)
        {
            purchases.Add(await ResumeResizeAsync(source, resized, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{resized.OfferName} ({resized.Id}) was given seats for it by an earlier run.");
        }

        if (marked.FirstOrDefault(other => CustomerFacts.IsReactivatable(other, _operation.Time.GetUtcNow())) is { } suspended)
        {
            purchases.Add(_builder.Use(suspended, [source], source.Target!, TargetOutcome.Reactivated, suspended.FriendlyName ?? ""));
            return Finding.Pass($"{suspended.OfferName} ({suspended.Id}) was bought for it and suspended since: it is made active again.");
        }

        return Finding.Pass("None yet.");
    }

    private async Task<Purchase> ResumeAsync(MigrationCase source, Subscription existing, CancellationToken cancellationToken)
    {
        var isConverted = CustomerView.Same(existing.Id, source.Row.SubscriptionId);
        var purchase = _builder.Use(existing, [source], source.Target ?? Own(existing), isConverted ? TargetOutcome.Converted : TargetOutcome.Resumed, existing.FriendlyName ?? "");
        var skuId = await _view.SkuIdOfAsync(existing.Id, cancellationToken).ConfigureAwait(false);
        purchase = purchase with { Offer = purchase.Offer with { SkuId = skuId ?? purchase.Offer.SkuId } };
        return await _addOns.ChooseAsync(purchase, cancellationToken).ConfigureAwait(false);
    }

    // The purchase as it was written down; sources that were one purchase are one again.
    private async Task FinishAsync(
        MigrationCase source, OpenPurchase open, List<Purchase> purchases, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var begun = purchases.FindIndex(other => other.Open?.Intent.RequestId == open.Intent.RequestId);
        if (begun >= 0)
        {
            purchases[begun] = purchases[begun] with { Cases = [.. purchases[begun].Cases, source] };
            return;
        }

        var existing = subscriptions.FirstOrDefault(other => CustomerView.Same(other.Id, open.Intent.SubscriptionId));
        var purchase = _builder.Finish(open, [source], source.Target, existing);
        if (purchase.Way == PurchaseWay.Conversion)
        {
            purchase = purchase with { Conversion = (await _conversions.PlanAsync(source, cancellationToken).ConfigureAwait(false)).Conversion };
        }

        purchases.Add(await _addOns.ChooseAsync(purchase, cancellationToken).ConfigureAwait(false));
    }

    // Where somebody has changed the name, the journal still knows which of the customer's subscriptions is ours.
    private async Task<Subscription?> FromJournalAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        if (_operation.Journal.View.Purchase(source.Row.CustomerId, source.Key) is not { SubscriptionId: { } boughtId })
        {
            return null;
        }

        var bought = await _view.SubscriptionAsync(boughtId, cancellationToken).ConfigureAwait(false);
        if (bought is null)
        {
            // Another runspace may have bought it after the list was read.
            _view.Changed();
            bought = await _view.SubscriptionAsync(boughtId, cancellationToken).ConfigureAwait(false)
                ?? throw ErrorCatalog.JournalOfAnotherTenant.Exception(
                    $"By the journal {_operation.Journal.Path} the successor of {source.Name} is {boughtId}, which the service does not know.");
        }

        return bought.IsActive ? bought : null;
    }

    private static SkuTarget Own(Subscription subscription) => new() { Name = subscription.OfferName ?? subscription.OfferId ?? subscription.Id };

    // The name was marked before the seats were added: whether they were, the journal knows, or the free seats show.
    private async Task<Purchase> ResumeResizeAsync(MigrationCase source, Subscription resized, CancellationToken cancellationToken)
    {
        var used = _builder.Use(resized, [source], source.Target!, TargetOutcome.Resumed, resized.FriendlyName ?? "");
        if (_operation.Journal.View.Purchase(_view.CustomerId, source.Key) is not null)
        {
            return used;
        }

        var skuId = await _view.SkuIdOfAsync(resized.Id, cancellationToken).ConfigureAwait(false) ?? "";
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var users = await CustomerFacts.UsersToMoveAsync(_view, source.SkuId, [source.Key], cancellationToken).ConfigureAwait(false);
        return LicensePool.Of(skus, skuId).Free >= users
            ? used
            : throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{resized.OfferName} ({resized.Id}) has {resized.Quantity} seats; whether seats were added to it for {source.Name} nobody knows: the journal is lost.");
    }
}
