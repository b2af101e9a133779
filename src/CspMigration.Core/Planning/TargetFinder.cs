using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Finds the target a source has already: the service first, then the journal.</summary>
internal sealed class TargetFinder
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PlanningContext _context;
    private readonly PurchaseOptions _options;
    private readonly PurchaseBuilder _builder;
    private readonly ConversionPlanner _conversions;
    private readonly AddOnChooser _addOns;

    public TargetFinder(PlanningContext context, PurchaseBuilder builder, AddOnChooser addOns)
    {
        _operation = context.Operation;
        _view = context.View;
        _context = context;
        _options = context.Options;
        _builder = builder;
        _conversions = new ConversionPlanner(context, builder);
        _addOns = addOns;
    }

    /// <summary>Looks for what an earlier run bought, or began; and converts trials, which become their own targets.</summary>
    /// <param name="source">The source.</param>
    /// <param name="purchases">Gets what is found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Finding> CheckAsync(MigrationCase source, List<Purchase> purchases, CancellationToken cancellationToken)
    {
        var finding = await FindAsync(source, purchases, cancellationToken).ConfigureAwait(false);
        var index = purchases.FindIndex(purchase => purchase.Cases.Contains(source));
        return index < 0 || purchases[index] is { Method: TrialConversion, Open: null } ? finding : Compare(source, purchases, index, finding);
    }

    private async Task<Finding> FindAsync(MigrationCase source, List<Purchase> purchases, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var marked = await CurrentAsync(subscriptions.Where(other => IsBoughtFor(source, other) && !other.Id.Is(source.Row.Id)), cancellationToken).ConfigureAwait(false);
        var existing = marked.FirstOrDefault(other => other.IsActive)
            ?? await FromJournalAsync(source, cancellationToken).ConfigureAwait(false)
            ?? (marked.Find(UndecidedStatus.IsOf) is { } undecided ? throw Undecided(source, undecided) : null);
        if (existing is not null)
        {
            purchases.Add(await WithAddOnsAsync(source, await ResumeAsync(source, existing, cancellationToken).ConfigureAwait(false), purchases, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{existing.OfferName} ({existing.Id}) {DescribeOrigin(source, existing)} by an earlier run.");
        }

        if (source.ErrorIfNoTarget is { } failure)
        {
            throw failure;
        }

        if (_operation.Journal.View.OpenPurchase(_view.CustomerId, source.Key) is { } open)
        {
            await FinishAsync(source, open, purchases, subscriptions, cancellationToken).ConfigureAwait(false);
            return Finding.Pass(open.IsAccepted
                ? $"The service accepted a purchase for it after {open.Intent.At:u}, and its subscription is not listed yet: it is waited for, not bought again."
                : $"An earlier run sent a purchase for it on {open.Intent.At:u} and did not receive the outcome: that purchase is finished first.");
        }

        if (source.Subscription?.IsTrial == true)
        {
            MigrationMethodSelector.RequireNoneInPlace(source, _view.CustomerId, _options.Method, "it is a trial, which is converted.");
            purchases.Add(await WithAddOnsAsync(source, await _conversions.PlanAsync(source, cancellationToken).ConfigureAwait(false), purchases, cancellationToken).ConfigureAwait(false));
            return Finding.Pass("The trial is converted in place.");
        }

        if (subscriptions.FirstOrDefault(other => other.IsActive && PurchaseMark.NamesSeats(other.FriendlyName, source.Key)) is { } resized)
        {
            purchases.Add(await WithAddOnsAsync(source, await ResumeResizeAsync(source, resized, cancellationToken).ConfigureAwait(false), purchases, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{resized.OfferName} ({resized.Id}) was given seats for it by an earlier run.");
        }

        foreach (var suspended in await CustomerFacts.ReactivatableAsync(_view, marked, _operation.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
        {
            var reactivated = await UseAsync(source, suspended, TargetOutcome.Reactivated, cancellationToken).ConfigureAwait(false);
            var index = purchases.FindIndex(other => other.Method is Reactivation && suspended.Id.Is(other.Existing?.Id));
            if (index >= 0 && !IsGivenUp(source, reactivated))
            {
                purchases[index] = purchases[index] with { Cases = [.. purchases[index].Cases, source] };
                return Finding.Pass($"{suspended.OfferName} ({suspended.Id}) was bought for it, and is made active again for another source too.");
            }

            if (!IsGivenUp(source, reactivated))
            {
                reactivated = RequireLasting(reactivated, "was bought for it, and is suspended");
                purchases.Add(await WithAddOnsAsync(source, reactivated, purchases, cancellationToken).ConfigureAwait(false));
                return Finding.Pass($"{suspended.OfferName} ({suspended.Id}) was bought for it and suspended since: it is made active again.");
            }
        }

        return Finding.Pass("None yet.");
    }

    // What may be its target in a moment is no reason to buy another.
    private CspMigrationException Undecided(MigrationCase source, Subscription target) =>
        UndecidedStatus.Refuse(_view.CustomerId, target, $"{source.Name}, which it was bought for, cannot be migrated further yet, and nothing else is bought for it");

    // The list may not show yet what a rollback has done to them, or that the service has set them up.
    private async Task<List<Subscription>> CurrentAsync(IEnumerable<Subscription> listed, CancellationToken cancellationToken)
    {
        var current = new List<Subscription>();
        foreach (var subscription in listed)
        {
            current.Add(_operation.Journal.View.Ending(_view.CustomerId, subscription.Id) is null && !UndecidedStatus.IsOf(subscription) ? subscription
                : await _view.CurrentAsync(subscription.Id, cancellationToken).ConfigureAwait(false));
        }

        return current;
    }

    // By its mark; without one, by the journal, which also knows what a rollback has left to others.
    private bool IsBoughtFor(MigrationCase source, Subscription subscription)
    {
        return PurchaseMark.Names(subscription.FriendlyName, source.Key)
            || _operation.Journal.View.Acquisitions(_view.CustomerId, subscription.Id).Any(entry => entry.IsOrder && entry.IsAbout(source.Key));
    }

    private async Task<Purchase> ResumeAsync(MigrationCase source, Subscription existing, CancellationToken cancellationToken)
    {
        if (_operation.Journal.View.ChangeInPlace(_view.CustomerId, source.Key) is { } change && existing.Id.Is(source.Row.Id))
        {
            return ResumeInPlace(source, existing, change);
        }

        var isConverted = existing.Id.Is(source.Row.Id);
        var purchase = await UseAsync(source, existing, isConverted ? TargetOutcome.Converted : TargetOutcome.Resumed, cancellationToken).ConfigureAwait(false);
        return isConverted || IsFinished(source) ? purchase : RequireLasting(purchase, "was bought for it");
    }

    // It is described as what it becomes.
    private Purchase ResumeInPlace(MigrationCase source, Subscription existing, PurchaseIntended change)
    {
        return _builder.Use(existing, [source], source.Target ?? Own(existing), change.Outcome, existing.FriendlyName ?? "") with
        {
            Offer = new TargetOffer { Id = change.OfferId?.WithoutAvailability.ToString() ?? "", Name = change.OfferName, SkuId = change.SkuId?.ToString(), Commerce = CommerceKind.NewCommerce },
            PlannedOn = change.At,
        };
    }

    // A plan that has been carried out to its end buys nothing more.
    private Task<Purchase> WithAddOnsAsync(MigrationCase source, Purchase purchase, List<Purchase> others, CancellationToken cancellationToken)
    {
        return source.ErrorIfNoTarget is null ? _addOns.ChooseAsync(purchase, others, cancellationToken) : Task.FromResult(purchase);
    }

    // Whose migration is over is left alone, and so is its target.
    private bool IsFinished(MigrationCase source)
    {
        return source.ErrorIfNoTarget is not null
            || (source.Subscription is { } subscription && SubscriptionDescription.IsEnded(_operation, _view.CustomerId, subscription));
    }

    // What an undo has ended is had back; what another administrator has ended is theirs to decide.
    private Purchase RequireLasting(Purchase purchase, string relation)
    {
        var existing = purchase.Existing!;
        var isUndone = _operation.Journal.View.Ending(_view.CustomerId, existing.Id) is { Status: JournalStatus.AutoRenewOff or JournalStatus.EndsWithTerm, Change: null };
        return isUndone && !existing.AutoRenewEnabled ? purchase with { RestoresRenewal = true }
            : TargetDuration.Lasts(existing, _operation.Time.GetUtcNow(), _options.Term ?? existing.TermDuration ?? Purchase.DefaultTerm, _options.TermEndDate) ? purchase
            : throw TargetDuration.Expires(_view.CustomerId, existing, relation);
    }

    // It is what it is, whatever is asked for now.
    private async Task<Purchase> UseAsync(MigrationCase source, Subscription existing, TargetOutcome outcome, CancellationToken cancellationToken)
    {
        var purchase = _builder.Use(existing, [source], source.Target ?? Own(existing), outcome, existing.FriendlyName ?? "");
        var skuId = await _view.SkuIdOfAsync(existing.Id, cancellationToken).ConfigureAwait(false);
        return purchase with { Offer = purchase.Offer with { SkuId = skuId?.ToString() ?? purchase.Offer.SkuId } };
    }

    // What is there stays, whatever is asked for now: the user is told, and nothing is bought twice.
    private Finding Compare(MigrationCase source, List<Purchase> purchases, int index, Finding finding)
    {
        var purchase = purchases[index];
        var there = purchase.Existing is { } existing ? $"{purchase.Offer.Name} ({existing.Id})" : purchase.Offer.Name;
        var target = purchase.IsInPlace ? null : CompareTarget(source, purchase, there);
        var others = (purchase.IsInPlace ? new[] { CompareMethod(source, purchase) }
            : [CompareMethod(source, purchase), CompareSeats(source, purchase), CompareTerms(source, purchase), CompareName(purchase), CompareRenewal(source, purchase)]).OfType<Finding>().ToList();
        if (target is not null)
        {
            source.Correct(ReadinessRule.Target, target);
        }

        var differences = others.Prepend(target).Where(found => found?.Result == ReadinessResult.Warn).Select(found => $"{found!.Message} {found.Remedy}").ToList();
        if (differences.Count > 0)
        {
            purchases[index] = purchase.Differing($"{_context.CustomerName}, {source.Name}: {there} is there already. {string.Join(" ", differences)}");
        }

        return others.Count == 0 ? finding : Finding.Warn(
            string.Join(" ", others.Select(other => other.Message).Prepend(finding.Message)),
            Remedy.All(others.Select(other => other.Remedy)));
    }

    // Taken back, and another asked for: the source stays suspended.
    private bool IsGivenUp(MigrationCase source, Purchase reactivated)
    {
        return _operation.Journal.View.IsUndone(_view.CustomerId, source.Key)
            && (EarlierPurchase.OtherTerms(reactivated) is not null || (_options.Target is not null && EarlierPurchase.IsOfOtherTarget(reactivated.Offer, source.Target!)));
    }

    private Finding? CompareTarget(MigrationCase source, Purchase purchase, string? there)
    {
        return source.Target is not { } target || !EarlierPurchase.IsOfOtherTarget(purchase.Offer, target) ? null
            : _options.Target is null ? Finding.Pass($"{there}, which an earlier run got for it.")
            : Finding.Warn(
                $"An earlier run got {there} for it, not {target.Name}, which is asked for.",
                Remedies.RollBackForOther());
    }

    // The default is no wish for a purchase, and what is over stays as it is.
    private Finding? CompareMethod(MigrationCase source, Purchase purchase)
    {
        var (isOther, wanted) = _options.Method switch
        {
            MigrationMethod.Transition => (purchase.Outcome != TargetOutcome.Transitioned, "a transition"),
            MigrationMethod.Renewal => (purchase.Outcome != TargetOutcome.Scheduled, "a change at the renewal"),
            _ => (false, ""),
        };
        return !isOther || IsFinished(source) || (purchase.IsInPlace && (purchase.Existing?.OfferId).IsSameAs(purchase.Offer.CatalogItem)) ? null
            : Finding.Warn($"It was not obtained by {wanted}, as asked for.", Remedies.RollBackForTerms());
    }

    private Finding? CompareSeats(MigrationCase source, Purchase purchase)
    {
        var written = Written(source, purchase);
        return _options.Quantity is not { } asked || !EarlierPurchase.HasOtherSeats(purchase.Quantity, written, asked) ? null
            : Finding.Warn(
                $"It has {Enumeration.Count(purchase.Quantity, "seat")}, not {asked}, as asked for.",
                purchase.Existing is { } existing
                    ? Remedies.ChangeSeats(UserCommands.SetSeats(_view.CustomerId, existing.Id, asked))
                    : Remedies.ChangeSeatsLater());
    }

    // The customer's own, and a trial converted in place, keep their terms whatever is asked for: they were never bought on any.
    private Finding? CompareTerms(MigrationCase source, Purchase purchase)
    {
        var written = Written(source, purchase);
        return EarlierPurchase.IsShared(written) || written?.Method == JournalMethod.Conversion || source.Row.Id.Is(purchase.Existing?.Id) ? null
            : EarlierPurchase.OtherTerms(purchase) is { } terms
                ? Finding.Warn(terms, Remedies.RollBackForTerms())
            : null;
    }

    private Finding? CompareName(Purchase purchase)
    {
        if (EarlierPurchase.OtherName(purchase) is not { } name)
        {
            return null;
        }

        // The new name keeps the mark.
        var asked = _options.FriendlyName + purchase.FriendlyName.Substring(name.Length);
        return Finding.Warn(
            $"It is named {name}, not {_options.FriendlyName}.",
            purchase.Existing is { } existing
                ? Remedies.Rename(UserCommands.SetName(_view.CustomerId, existing.Id, asked))
                : Remedies.RenameLater());
    }

    private Finding? CompareRenewal(MigrationCase source, Purchase purchase)
    {
        return purchase is not { RestoresRenewal: false, Existing: { AutoRenewEnabled: false } existing } || existing.Id.Is(source.Row.Id) || IsFinished(source) ? null
            : Finding.Warn(
                $"It {TargetDuration.Describe(existing)}.",
                Remedies.Renew(UserCommands.TurnRenewalOn(_view.CustomerId, existing.Id)));
    }

    private PurchaseEntry? Written(MigrationCase source, Purchase purchase) =>
        (PurchaseEntry?)purchase.Open?.Intent ?? _operation.Journal.View.Purchase(_view.CustomerId, source.Key);

    // By the journal; with the journal lost, the mark says that it was bought.
    private string DescribeOrigin(MigrationCase source, Subscription existing)
    {
        var written = _operation.Journal.View.Purchase(_view.CustomerId, source.Key);
        var method = existing.Id.Is(written?.SubscriptionId) ? written?.Method : null;
        return method switch
        {
            JournalMethod.Reuse => "had enough free seats, and was chosen for it",
            JournalMethod.Resize => "was given seats for it",
            JournalMethod.Reactivation => "was made active again for it",
            JournalMethod.Conversion => "was converted in place",
            JournalMethod.Transition => "was changed to it in place",
            JournalMethod.Renewal => "was scheduled to become it",
            _ => "was bought for it",
        };
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

        var existing = subscriptions.FirstOrDefault(other => other.Id.Is(open.Intent.SubscriptionId));
        var purchase = _builder.Finish(open, [source], source.Target, existing);
        if (purchase.Method is TrialConversion begunConversion)
        {
            purchase = purchase with { Method = begunConversion with { Conversion = await FindConversionAsync(source, cancellationToken).ConfigureAwait(false) } };
        }

        purchases.Add(await WithAddOnsAsync(source, purchase, purchases, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Conversion?> FindConversionAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        try
        {
            return ((await _conversions.PlanAsync(source, cancellationToken).ConfigureAwait(false)).Method as TrialConversion)?.Conversion;
        }
        catch (CspMigrationException e) when (e.ErrorId == PartnerCenterErrors.TargetNotOnSale.Id)
        {
            // What was begun cannot be done any more: the run finds that out, and decides again.
            _operation.Observer.Verbose($"{source.Name}: {e.Problem}");
            return null;
        }
    }

    // Where someone has changed the name, the journal still knows which of the customer's subscriptions is ours.
    private async Task<Subscription?> FromJournalAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        if (_operation.Journal.View.Purchase(source.Row.Customer, source.Key) is not { SubscriptionId: { } boughtId })
        {
            return null;
        }

        if (_operation.Journal.View.ChangeInPlace(source.Row.Customer, source.Key) is { } change)
        {
            var current = await _view.CurrentAsync(boughtId, cancellationToken).ConfigureAwait(false);
            return current.IsActive && await InPlaceChange.IsStandingAsync(_operation, _view.CustomerId, current, change, cancellationToken).ConfigureAwait(false) ? current : null;
        }

        var bought = await _view.SubscriptionAsync(boughtId, cancellationToken).ConfigureAwait(false);
        if (bought is null)
        {
            // Another runspace may have bought it after the list was read, and the list may be late.
            _view.Changed();
            bought = await _view.SubscriptionAsync(boughtId, cancellationToken).ConfigureAwait(false)
                ?? await _view.FindCurrentAsync(boughtId, cancellationToken).ConfigureAwait(false)
                ?? throw ErrorCatalog.JournalOfAnotherTenant.Exception(
                    $"By the journal {_operation.Journal.Path} the target of {source.Name} is {boughtId}, which the service does not know.");
        }

        bought = UndecidedStatus.IsOf(bought) ? await _view.CurrentAsync(boughtId, cancellationToken).ConfigureAwait(false) : bought;
        return bought.IsActive ? bought : UndecidedStatus.IsOf(bought) ? throw Undecided(source, bought) : null;
    }

    private static SkuTarget Own(Subscription subscription) => new() { Name = subscription.OfferName ?? subscription.OfferId?.ToString() ?? subscription.Id.ToString() };

    // The name was marked before the seats were added: whether they were, the journal knows, or the free seats show.
    private async Task<Purchase> ResumeResizeAsync(MigrationCase source, Subscription resized, CancellationToken cancellationToken)
    {
        var used = await UseAsync(source, resized, TargetOutcome.Resumed, cancellationToken).ConfigureAwait(false);
        used = IsFinished(source) ? used : RequireLasting(used, "was given seats for it");
        if (_operation.Journal.View.Purchase(_view.CustomerId, source.Key) is not null)
        {
            return used;
        }

        var skuId = await _view.SkuIdOfAsync(resized.Id, cancellationToken).ConfigureAwait(false);
        var users = await CustomerFacts.UsersToMoveAsync(_view, source.SkuId, [source.Key], cancellationToken).ConfigureAwait(false);
        return await CustomerFacts.FreeSeatsAsync(_view, skuId, cancellationToken).ConfigureAwait(false) >= users
            ? used
            : throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{resized.OfferName} ({resized.Id}) has {Enumeration.Count(resized.Quantity, "seat")}. The journal is missing, so it is unknown whether seats were already added for {source.Name}.");
    }
}
