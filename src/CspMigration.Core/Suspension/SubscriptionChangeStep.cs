using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>Changes a subscription on its own (docs/rules.md, rule 10): makes it active again, or sets seats, renewal or name.</summary>
public sealed class SubscriptionChangeStep
{
    private readonly MigrationOperation _operation;

    internal SubscriptionChangeStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Makes a suspended subscription active again, once it is confirmed. One that is active already is left as it is.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="confirmer">Answers for the user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The subscription as it is then, or in a plan would be; null where it was declined.</returns>
    /// <exception cref="CspMigrationException"><c>TooLateToReactivate</c>, or its base is suspended; <c>PlanChanged</c>.</exception>
    public Task<ExpiringSubscription?> ResumeAsync(string customerId, string subscriptionId, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        return ResumeAsync(CustomerId.From(customerId), SubscriptionId.FromOrNull(subscriptionId), confirmer, cancellationToken);
    }

    private async Task<ExpiringSubscription?> ResumeAsync(CustomerId customerId, SubscriptionId? subscriptionId, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        ExpiringSubscription? resumed = null;
        await new ChangeRunner(_operation, confirmer).RunAsync(customerId, async token => await PlanAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return resumed;

        async Task<SubscriptionChange> PlanAsync(CancellationToken token)
        {
            var view = new CustomerView(_operation, customerId);
            var (subscription, row) = await ReadAsync(view, subscriptionId, token).ConfigureAwait(false);
            if (!subscription.IsActive)
            {
                await CheckResumableAsync(view, subscription, token).ConfigureAwait(false);
            }

            // One that was to end with its term goes on as it would have before.
            var before = subscription.IsActive && _operation.Journal.View.IsLeftToExpire(customerId, subscription.Id) ? EndOfTermRules.ToRestore(_operation.Journal.View, customerId, subscription) : null;
            var action = before is not null ? $"{EndOfTermRules.Verb(before).Substring(0, 1).ToUpperInvariant()}{EndOfTermRules.Verb(before).Substring(1)} {row.OfferName} ({row.SubscriptionId})"
                : subscription.IsActive ? null
                : string.Format(CultureInfo.CurrentCulture, "Make {0} ({1}), {2}, active again", row.OfferName, row.SubscriptionId, Enumeration.Count(row.Quantity, "seat"));
            var planned = await DescribeAsync(view, subscription.After(termEnd: before, status: "active"), token).ConfigureAwait(false);
            return new SubscriptionChange(row, planned, action, takesAccess: false, PlanAsync, ExecuteAsync, now => resumed = now);

            async Task<ExpiringSubscription> ExecuteAsync(CancellationToken execution)
            {
                if (before is not null)
                {
                    var intended = IntendActive(customerId, subscription);
                    await _operation.Journal.AppendAsync(intended, execution).ConfigureAwait(false);
                    _ = await SetTermEndAsync(customerId, subscription, before, execution).ConfigureAwait(false);
                    await _operation.Journal.AppendAsync(intended.Done(_operation.Time.GetUtcNow()), execution).ConfigureAwait(false);
                }
                else if (!subscription.IsActive)
                {
                    var intended = new StatusIntended { At = Now, CustomerId = customerId, SubscriptionId = subscription.Id, Status = JournalStatus.Active };
                    await _operation.Journal.AppendAsync(intended, execution).ConfigureAwait(false);
                    _ = await _operation.Client.Subscriptions.SetStatusAsync(customerId, subscription.Id, "active", execution).ConfigureAwait(false);
                    await _operation.Journal.AppendAsync(intended.Done(Now), execution).ConfigureAwait(false);
                }

                return await ReadAsync(customerId, subscription.Id, execution).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sets what is given, once it is confirmed; what is so already is not sent.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="settings">What is to be set.</param>
    /// <param name="confirmer">Answers for the user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The subscription as it is then, or in a plan would be; null where it was declined.</returns>
    /// <exception cref="CspMigrationException">The service refuses it; <c>PlanChanged</c>.</exception>
    public Task<ExpiringSubscription?> SetAsync(
        string customerId, string subscriptionId, SubscriptionSettings settings, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        return SetAsync(CustomerId.From(customerId), SubscriptionId.FromOrNull(subscriptionId), settings, confirmer, cancellationToken);
    }

    private async Task<ExpiringSubscription?> SetAsync(
        CustomerId customerId, SubscriptionId? subscriptionId, SubscriptionSettings settings, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        ExpiringSubscription? changed = null;
        string? warned = null;
        await new ChangeRunner(_operation, confirmer).RunAsync(customerId, async token => await PlanAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return changed;

        async Task<SubscriptionChange> PlanAsync(CancellationToken token)
        {
            var view = new CustomerView(_operation, customerId);
            var (subscription, row) = await ReadAsync(view, subscriptionId, token).ConfigureAwait(false);
            var loss = settings.Quantity is { } seats ? await LossOfAsync(row, seats, token).ConfigureAwait(false) : null;
            if (loss is { } lost && lost.Warning != warned)
            {
                warned = lost.Warning;
                _operation.Observer.Warning(lost.Warning);
            }

            CheckTermEnd(customerId, subscription, settings);
            var wanted = TermEndOf(subscription, settings);
            var parts = Describe(subscription, settings, wanted);

            // An earlier change that was cut short has taken something off: it is set again with this one.
            var left = wanted is null ? new TermEndKeeper(_operation).LeftBy(customerId, subscription) : null;
            if (left is not null)
            {
                parts.Add($"{WordsOf(left)}, which an earlier change has taken off,");
            }

            var action = parts.Count == 0 ? null : $"Set {string.Join(", ", parts)} of {row.OfferName} ({row.SubscriptionId}){loss?.Consequence}";
            var planned = await DescribeAsync(view, subscription.After(settings.Quantity, settings.FriendlyName is { } name ? PurchaseMark.Rename(subscription.FriendlyName, name) : null, wanted ?? left), token).ConfigureAwait(false);
            return new SubscriptionChange(
                row, planned, action, takesAccess: loss is not null, PlanAsync, execution => SetAsync(customerId, subscription, settings, left, execution), now => changed = now);
        }
    }

    private static string WordsOf(EndOfTermSetting termEnd) => termEnd switch
    {
        { Action.Kind: ScheduledActionKind.Cancel } => "auto-renew off and the cancellation at the end of the term",
        { Action.Kind: ScheduledActionKind.RenewToExtendedServiceTerm } => "auto-renew off and the monthly extension after the end of the term",
        { Action.ProductSku: { } next } => $"the renewal as {next}",
        { Action: not null } => "the scheduled renewal",
        { AutoRenew: true } => "auto-renew on",
        _ => "auto-renew off",
    };

    private static List<string> Describe(Subscription subscription, SubscriptionSettings settings, EndOfTermSetting? termEnd)
    {
        var parts = new List<string>();
        if (settings.Quantity is { } quantity && quantity != subscription.Quantity)
        {
            parts.Add(string.Format(CultureInfo.CurrentCulture, "quantity {0} to {1}", subscription.Quantity, quantity));
        }

        if (termEnd is not null)
        {
            parts.Add(WordsOf(termEnd));
        }

        // Without its mark a purchase of ours would no longer be recognized: only what stands before it is changed.
        if (settings.FriendlyName is { } name && PurchaseMark.Rename(subscription.FriendlyName, name) is var renamed && renamed != subscription.FriendlyName)
        {
            parts.Add($"friendly name \"{renamed}\"");
        }

        return parts;
    }

    private StatusIntended IntendActive(CustomerId customerId, Subscription subscription)
    {
        return new StatusIntended { At = _operation.Time.GetUtcNow(), CustomerId = customerId, SubscriptionId = subscription.Id, Status = JournalStatus.Active };
    }

    // What is so already is not sent; a renewal into another product is one that is on, unless the end of the term is named itself.
    private static EndOfTermSetting? TermEndOf(Subscription subscription, SubscriptionSettings settings)
    {
        var isNewCommerce = subscription.Commerce == CommerceKind.NewCommerce;
        var wanted = (settings.EndOfTerm, settings.AutoRenew) switch
        {
            (EndOfTermChoice.Renew, _) => EndOfTermSetting.Renew,
            (EndOfTermChoice.Cancel, _) => EndOfTermSetting.Cancel,
            (EndOfTermChoice.Extend, _) => EndOfTermSetting.Extend,
            (_, true) => subscription.AutoRenewEnabled ? null : EndOfTermSetting.Renew,
            (_, false) => isNewCommerce ? EndOfTermSetting.Cancel : EndOfTermSetting.Renew with { AutoRenew = false },
            _ => null,
        };
        return wanted is null || (isNewCommerce ? wanted.IsOf(subscription) : wanted.AutoRenew == subscription.AutoRenewEnabled) ? null : wanted;
    }

    private static void CheckTermEnd(CustomerId customerId, Subscription subscription, SubscriptionSettings settings)
    {
        if (settings.EndOfTerm is EndOfTermChoice.Cancel or EndOfTermChoice.Extend && subscription.Commerce != CommerceKind.NewCommerce)
        {
            throw ErrorCatalog.EndOfTermNotAvailable.Exception($"{subscription.OfferName} ({subscription.Id}) is a legacy subscription: it has no end of term to choose.", customerId, subscription.Id);
        }
    }

    private async Task<Subscription> SetTermEndAsync(CustomerId customerId, Subscription subscription, EndOfTermSetting wanted, CancellationToken cancellationToken)
    {
        if (subscription.Commerce != CommerceKind.NewCommerce)
        {
            return await _operation.Client.Subscriptions.SetAutoRenewAsync(customerId, subscription.Id, wanted.AutoRenew, cancellationToken).ConfigureAwait(false);
        }

        var changed = await _operation.Client.Subscriptions.SetTermEndAsync(
            customerId, subscription.Id, wanted, cancellationToken, EndOfTermRules.IsStill(customerId, subscription, wanted)).ConfigureAwait(false);
        if (!wanted.IsOf(changed))
        {
            _operation.Observer.Warning(wanted.Action?.Kind == ScheduledActionKind.Cancel
                ? $"{subscription.OfferName} ({subscription.Id}): {EndOfTermRules.ExtensionWarning(changed)}"
                : $"{subscription.OfferName} ({subscription.Id}): the service did not take the end of its term as it was wanted; it is now: {EndOfTermRules.Describe(changed)}.");
        }

        await new TermEndKeeper(_operation).ForgetAsync(customerId, subscription.Id, cancellationToken).ConfigureAwait(false);

        return changed;
    }

    // One change a call: the service refuses some combinations (docs/partner-center.md §6).
    private async Task<ExpiringSubscription> SetAsync(
        CustomerId customerId, Subscription subscription, SubscriptionSettings settings, EndOfTermSetting? left, CancellationToken cancellationToken)
    {
        if (left is not null)
        {
            subscription = await SetTermEndAsync(customerId, subscription, left, cancellationToken).ConfigureAwait(false);
        }

        if (settings.Quantity is { } seats && subscription.Quantity != seats)
        {
            subscription = await ResizeAsync(customerId, subscription, seats, cancellationToken).ConfigureAwait(false);
        }

        if (TermEndOf(subscription, settings) is { } wanted)
        {
            // Who has a source go on that its migration had ended has decided that: it is not reported as changed by another administrator.
            var goesOn = wanted.Action?.Kind != ScheduledActionKind.Cancel && _operation.Journal.View.IsLeftToExpire(customerId, subscription.Id);
            subscription = await SetTermEndAsync(customerId, subscription, wanted, cancellationToken).ConfigureAwait(false);
            if (goesOn && subscription.Commerce == CommerceKind.NewCommerce)
            {
                await _operation.Journal.AppendAsync(IntendActive(customerId, subscription).Done(_operation.Time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            }
        }

        if (settings.FriendlyName is { } name)
        {
            _ = await _operation.Client.Subscriptions.SetFriendlyNameAsync(customerId, subscription.Id, present => PurchaseMark.Rename(present, name), new TermEndKeeper(_operation), cancellationToken).ConfigureAwait(false);
        }

        return await ReadAsync(customerId, subscription.Id, cancellationToken).ConfigureAwait(false);
    }

    // What to warn of before seats are taken away, and what the prompt says of it: that users would hold more than are left, or that this
    // cannot be told. Null where enough are left: it is worth a few calls, and no failure.
    private async Task<(string Warning, string Consequence)?> LossOfAsync(ExpiringSubscription row, int quantity, CancellationToken cancellationToken)
    {
        if (quantity >= row.Quantity || !ServiceWord.Is(row.Status, "active"))
        {
            return null;
        }

        try
        {
            var (holders, seatsLeft) = await CountForAsync(row, row.Quantity - quantity, cancellationToken).ConfigureAwait(false);
            var users = Enumeration.Count(holders, "user", "holds it", "hold it");
            return holders <= seatsLeft ? null
                : ($"{row.OfferName} of {row.CustomerName}: {users}, and {Enumeration.Count(seatsLeft, "seat")} would be left for them.",
                    $", although {users} and {Enumeration.Count(seatsLeft, "seat")} would be left");
        }
        catch (CspMigrationException e)
        {
            return ($"{row.OfferName} of {row.CustomerName}: its users could not be counted; with fewer seats, some may be left without a license. {e.Problem}", ", although its users could not be counted");
        }
    }

    private async Task<(int Holders, int SeatsLeft)> CountForAsync(ExpiringSubscription row, int seatsGoing, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, row.Customer);
        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var (ofMap, partNumber) = row.Sku is null ? _operation.Session.Map.SkuOf(row.CatalogItem) : (row.Sku, null);
        var skuId = ofMap
            ?? skus.FirstOrDefault(sku => ServiceWord.Is(sku.PartNumber, partNumber))?.SkuId
            ?? await view.RequireSkuIdOfAsync(await view.RequireSubscriptionAsync(row.Id, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

        // Where it is the only one of its SKU, no other has to be read.
        var pool = LicensePool.OfListed(skus, skuId);
        if (pool.Active <= row.Quantity)
        {
            return (pool.Consumed, Math.Max(0, pool.Active - seatsGoing));
        }

        var count = await HolderCount.ReadAsync(view, skuId, seatsGoing, cancellationToken).ConfigureAwait(false);
        return (count.Holders, count.UnitsStaying);
    }

    private async Task<ExpiringSubscription> ReadAsync(CustomerId customerId, SubscriptionId subscriptionId, CancellationToken cancellationToken)
    {
        return (await ReadAsync(new CustomerView(_operation, customerId), subscriptionId, cancellationToken).ConfigureAwait(false)).Row;
    }

    // The list may be late: what is to be changed, or has just been, is read on its own.
    private async Task<(Subscription Subscription, ExpiringSubscription Row)> ReadAsync(CustomerView view, SubscriptionId? subscriptionId, CancellationToken cancellationToken)
    {
        var listed = await view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        var subscription = await _operation.Client.Subscriptions.GetAsync(view.CustomerId, listed.Id, cancellationToken).ConfigureAwait(false);
        return (subscription, await DescribeAsync(view, subscription, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ExpiringSubscription> DescribeAsync(CustomerView view, Subscription subscription, CancellationToken cancellationToken)
    {
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var row = _operation.Describe(customer, subscription, await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false));

        // Of a target, how far the migration is that got it: it has none of its own.
        var journal = _operation.Journal.View;
        return row.MigrationState != MigrationState.Discovered || journal.SourcesOf(view.CustomerId, subscription.Id).Count == 0 ? row
            : row with { MigrationState = journal.UnfinishedSources(view.CustomerId, subscription.Id).Count == 0 ? MigrationState.Completed : MigrationState.Purchased };
    }

    private async Task CheckResumableAsync(CustomerView view, Subscription subscription, CancellationToken cancellationToken)
    {
        if (!subscription.IsSuspended || RetentionDates.IsTermOver(_operation.Time.GetUtcNow(), subscription.CommitmentEnd))
        {
            throw ErrorCatalog.TooLateToReactivate.Exception(
                $"{subscription.OfferName} ({subscription.Id}) is {subscription.Status}, and its term ended on {UtcDay.Of(subscription.CommitmentEnd)}.", view.CustomerId, subscription.Id);
        }

        if (subscription.ParentSubscriptionId is { } parentId
            && await view.SubscriptionAsync(parentId, cancellationToken).ConfigureAwait(false) is { IsActive: false } parent)
        {
            throw PartnerCenterErrors.PrerequisiteMissing.Exception(
                $"{subscription.OfferName} is an add-on to {parent.OfferName} ({parentId}), which is {parent.Status}.",
                view.CustomerId,
                subscription.Id,
                remedy: Remedies.ActivateBase());
        }
    }

    // Seats are billed: who looks for the reason finds it in the journal, absolute before and after.
    private async Task<Subscription> ResizeAsync(CustomerId customerId, Subscription subscription, int seats, CancellationToken cancellationToken)
    {
        var intended = new QuantityIntended { At = Now, CustomerId = customerId, SubscriptionId = subscription.Id, QuantityBefore = subscription.Quantity, Quantity = seats };
        await _operation.Journal.AppendAsync(intended, cancellationToken).ConfigureAwait(false);
        var resized = await _operation.Client.Subscriptions.SetQuantityAsync(customerId, subscription.Id, seats, new TermEndKeeper(_operation), cancellationToken).ConfigureAwait(false);
        await _operation.Journal.AppendAsync(intended.Done(Now), cancellationToken).ConfigureAwait(false);
        return resized;
    }

    private DateTimeOffset Now => _operation.Time.GetUtcNow();
}
