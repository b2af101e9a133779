using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Status;

/// <summary>Where migrations stand: by the session's journal, and by what the service says now.</summary>
public sealed class MigrationStatusReader
{
    private const int CustomersAtOnce = 16;

    private readonly MigrationOperation _operation;

    internal MigrationStatusReader(MigrationOperation operation) => _operation = operation;

    /// <summary>The session's journal, as it stands; with the names of the users whom this session has moved, or could not.</summary>
    public IReadOnlyList<SubscriptionMigration> Read()
    {
        return [.. MigrationHistory.Read(_operation.Journal, _operation.PartnerTenantId).Select(migration => migration.LicenseMove is { Users.Count: > 0 } move
            ? migration with { LicenseMove = move with { Users = [.. move.Users.Select(_operation.Session.Seen.Named)] } }
            : migration)];
    }

    /// <summary>Reads the service and corrects what the journal says; what only the marks of the purchases tell is added.</summary>
    /// <param name="migrations">As the journals have them.</param>
    /// <param name="customerIds">Customers to look at although the journals may not know them.</param>
    /// <param name="refreshed">Gets the migrations of each customer, from any thread.</param>
    /// <param name="failed">Gets each failure with the migration it concerns; of a customer as a whole, with the first of its migrations, if any. What the journal said stands then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task RefreshAsync(
        IReadOnlyList<SubscriptionMigration> migrations,
        IReadOnlyList<string> customerIds,
        Func<SubscriptionMigration, Task> refreshed,
        Action<SubscriptionMigration?, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var customers = migrations.Select(migration => migration.Customer).Concat(customerIds.Select(CustomerId.FromOrNull)).Distinct().ToList();
        var known = migrations.ToLookup(migration => migration.Customer);
        var done = 0;
        return Concurrently.ForEachAsync(
            customers,
            CustomersAtOnce,
            async (customerId, token) =>
            {
                try
                {
                    await RefreshAsync(customerId ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception("The journal does not say which customer it is about."), known[customerId], refreshed, failed, token).ConfigureAwait(false);
                }
                catch (CspMigrationException e)
                {
                    failed(known[customerId].FirstOrDefault(), e.About(customerId?.ToString(), subscriptionId: null));
                    foreach (var migration in known[customerId])
                    {
                        await refreshed(migration).ConfigureAwait(false);
                    }
                }

                _operation.Observer.Progress("Reading customers", Interlocked.Increment(ref done), customers.Count);
            },
            cancellationToken);
    }

    private async Task RefreshAsync(
        CustomerId customerId,
        IEnumerable<SubscriptionMigration> known,
        Func<SubscriptionMigration, Task> refreshed,
        Action<SubscriptionMigration?, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, customerId);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var all = known.ToList();
        all.AddRange(subscriptions
            .Where(source => !all.Exists(migration => SourceEntry.KeyOf(migration) is { } key && key.Is(source.Id))
                && subscriptions.Any(other => !other.IsOutOfService && PurchaseMark.NamesTargetOf(other.FriendlyName, source.Id)))
            .Select(source => new SubscriptionMigration { PartnerTenantId = _operation.PartnerTenantId, CustomerId = customer.Id.ToString(), SourceSubscriptionId = source.Id.ToString() }));
        await ReadSkuIdsAsync(view, all, subscriptions, cancellationToken).ConfigureAwait(false);
        var names = new UserNames(_operation, customer);
        foreach (var migration in all)
        {
            var source = subscriptions.FirstOrDefault(subscription => SourceEntry.KeyOf(migration) is { } key && key.Is(subscription.Id));
            if (source is null && migration.Source?.SubscriptionId is not null)
            {
                failed(migration, ErrorCatalog.JournalOfAnotherTenant.Exception(
                    $"The journal knows a subscription {migration.SourceSubscriptionId} of {customer.CompanyName}; the service does not.", customerId, migration.Source.Id));
            }

            var now = migration;
            try
            {
                now = source is null ? migration : await ReconcileAsync(view, names, migration, customer, source, subscriptions, cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.ErrorId == ErrorCatalog.HoldersUnknown.Id)
            {
                failed(migration, e.About(customerId.ToString(), migration.SourceSubscriptionId));
            }

            await refreshed(now).ConfigureAwait(false);
        }
    }

    // The journal knows the directory SKU of a source, unless a conversion has changed it.
    private static Task ReadSkuIdsAsync(
        CustomerView view, IReadOnlyList<SubscriptionMigration> migrations, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        foreach (var migration in migrations.Where(migration => !(SourceEntry.KeyOf(migration) is { } key && key.Is(migration.TargetId))))
        {
            if (migration.Source is { Id: { } id, Sku: { } skuId })
            {
                view.KeepSkuId(id, skuId);
            }
        }

        var sources = subscriptions.Where(subscription => migrations.Any(migration => SourceEntry.KeyOf(migration) is { } key && key.Is(subscription.Id)));
        return view.ReadSkuIdsAheadAsync(sources.Select(source => source.Id), cancellationToken);
    }

    private async Task<SubscriptionMigration> ReconcileAsync(
        CustomerView view,
        UserNames names,
        SubscriptionMigration migration,
        Customer customer,
        Subscription source,
        IReadOnlyList<Subscription> subscriptions,
        CancellationToken cancellationToken)
    {
        var skuId = await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false);
        var target = FindTarget(migration, source, subscriptions);

        // Where it was ended for its migration no user held it; where for another reason, its users hold what is out of service.
        if (migration.Target is { Outcome: TargetOutcome.Scheduled or TargetOutcome.Transitioned } becoming && source.IsActive)
        {
            return await ReconcileInPlaceAsync(view, migration, becoming, customer, source, subscriptions, cancellationToken).ConfigureAwait(false);
        }

        var isCounted = (source.IsActive || migration.State != MigrationState.Completed) && migration.Target?.LicenseMoveNeeded != false;
        var remaining = isCounted ? await CountRemainingAsync(view, source, cancellationToken).ConfigureAwait(false) : 0;

        // Members of a group whose exchange was interrupted may hold nothing, and count nowhere.
        var areMoved = remaining == 0 && _operation.Journal.View.OpenGroups(customer.Id, source.Id).Count == 0;
        var isEndChanged = source.IsActive && !EndOfTermRules.IsAsLeft(source, isRefused: migration.IsCancellationRefused);
        var state = State(migration, source, target, areMoved, isEndChanged);
        var move = migration.LicenseMove is { } known
            ? await names.AddToAsync(known with { CustomerName = customer.CompanyName, Remaining = remaining, IsComplete = areMoved }, cancellationToken).ConfigureAwait(false)
            : null;
        var row = _operation.Describe(customer, source, subscriptions) with { SkuId = skuId?.ToString(), MigrationState = state };
        var isStill = state == migration.State;
        var changed = state == MigrationState.LicensesMoved && IsLeftToTermEnd(migration) && source is { Commerce: CommerceKind.NewCommerce, AutoRenewEnabled: true } ? EndOfTermRules.Changed(customer.Id, source, customer.CompanyName) : null;
        var stopped = changed is not null ? migration.StoppedBy(changed) : isStill ? migration : migration.WithoutError();
        return stopped with
        {
            CustomerName = customer.CompanyName,
            TargetSubscriptionId = target?.Id.ToString() ?? migration.TargetSubscriptionId,
            State = state,
            FinishedOn = state is MigrationState.Completed or MigrationState.RolledBack ? migration.FinishedOn : null,
            Source = row,
            Target = target is null ? Returned(migration, subscriptions) : Describe(migration, row, target, isEndChanged),
            LicenseMove = move,
            Suspension = source.IsActive && migration.Suspension?.Outcome is SuspensionOutcome.Suspended ? null : migration.Suspension is { } end ? end with { Status = source.Status } : null,
        };
    }

    // Source and target are one subscription: what it is now says how far it is. Its former SKU only the journal knows.
    private async Task<SubscriptionMigration> ReconcileInPlaceAsync(
        CustomerView view,
        SubscriptionMigration migration,
        TargetSubscription target,
        Customer customer,
        Subscription source,
        IReadOnlyList<Subscription> subscriptions,
        CancellationToken cancellationToken)
    {
        var current = await view.CurrentAsync(source.Id, cancellationToken).ConfigureAwait(false);
        var hasBecome = current.OfferId.IsSameAs(target.CatalogItem);
        var former = migration.Source?.Sku;
        var left = former is not { } formerSku || !target.LicenseMoveNeeded ? 0 : (await HolderCount.ReadAsync(view, formerSku, seatsGoing: hasBecome ? 0 : current.Quantity, cancellationToken).ConfigureAwait(false)).Dependent;
        var transition = hasBecome || target.Outcome == TargetOutcome.Scheduled ? null
            : (await _operation.Client.Transitions.ListAsync(customer.Id, source.Id, cancellationToken).ConfigureAwait(false)).LastOrDefault(other => InPlaceChange.IsOf(other, source.Id, target.CatalogItem, target.Quantity));
        var hasFailed = transition?.HasFailed == true;
        var isGone = !hasBecome && target.Outcome == TargetOutcome.Scheduled && !InPlaceChange.IsScheduled(current, target.CatalogItem);
        var state = migration.State == MigrationState.RolledBack ? MigrationState.RolledBack
            : hasFailed ? MigrationState.Failed
            : isGone ? MigrationState.Discovered
            : hasBecome && left == 0 ? target.Outcome == TargetOutcome.Transitioned && migration.Suspension?.Outcome != SuspensionOutcome.Kept ? MigrationState.LicensesMoved : MigrationState.Completed
            : !hasBecome && target.Outcome == TargetOutcome.Scheduled ? MigrationState.Scheduled
            : MigrationState.Purchased;
        var failure = hasFailed
            ? ErrorCatalog.TransitionFailed.Exception($"The transition of {migration.Source?.OfferName} ({source.Id}) to {target.OfferName} has failed: {transition!.Problem}", customer.Id, source.Id)
            : isGone && migration.State != MigrationState.RolledBack ? EndOfTermRules.ScheduleChanged(customer.Id, current, target.OfferName, customer.CompanyName)
            : null;
        var row = _operation.Describe(customer, current, subscriptions) with { SkuId = former?.ToString(), MigrationState = state };
        var stopped = failure is not null ? migration.StoppedBy(failure) : state == migration.State ? migration : migration.WithoutError();
        return stopped with
        {
            CustomerName = customer.CompanyName,
            State = state,
            FinishedOn = state is MigrationState.Completed or MigrationState.RolledBack ? migration.FinishedOn : null,
            Source = row,
            Target = target with { CustomerName = customer.CompanyName, Quantity = current.Quantity, Status = current.Status, Source = row },
            LicenseMove = migration.LicenseMove is { } known ? known with { CustomerName = customer.CompanyName, Remaining = left, IsComplete = hasBecome && left == 0 } : null,
        };
    }

    private static async Task<int> CountRemainingAsync(CustomerView view, Subscription source, CancellationToken cancellationToken)
    {
        var skuId = await view.RequireSkuIdOfAsync(source, cancellationToken).ConfigureAwait(false);
        return await CustomerFacts.UsersToMoveAsync(view, skuId, [source.Id], cancellationToken).ConfigureAwait(false);
    }

    private static Subscription? FindTarget(SubscriptionMigration migration, Subscription source, IReadOnlyList<Subscription> subscriptions)
    {
        // A target that others need keeps the mark of a source that was rolled back.
        return migration.State == MigrationState.RolledBack ? null
            : subscriptions.OrderByDescending(other => other.IsActive).FirstOrDefault(other => !other.IsOutOfService && PurchaseMark.Names(other.FriendlyName, source.Id))
            ?? subscriptions.FirstOrDefault(other => other.IsActive && PurchaseMark.NamesSeats(other.FriendlyName, source.Id))
            ?? subscriptions.FirstOrDefault(other => other.Id.Is(migration.TargetId));
    }

    // After an undo the target is no target any more, and someone may still ask what became of it.
    private static TargetSubscription? Returned(SubscriptionMigration migration, IReadOnlyList<Subscription> subscriptions)
    {
        var returned = subscriptions.FirstOrDefault(other => other.Id.Is(migration.TargetId));
        return migration.Target is { } target && returned is not null ? target with { Status = returned.Status, Quantity = returned.Quantity } : migration.Target;
    }

    private static MigrationState State(SubscriptionMigration migration, Subscription source, Subscription? target, bool areMoved, bool isEndChanged)
    {
        var isEnded = !source.IsActive && IsForMigration(migration) && areMoved;
        var isLeftToRunOut = IsLeftToTermEnd(migration) && !isEndChanged;
        var isConverted = source.Id.Is(target?.Id) && !source.IsTrial;
        return target is null or { IsOutOfService: true }
                ? migration.State is MigrationState.RolledBack or MigrationState.Failed or MigrationState.Blocked ? migration.State : MigrationState.Discovered
            : target.IsActive && (isEnded || isLeftToRunOut || isConverted) ? MigrationState.Completed
            : target.IsActive && areMoved ? MigrationState.LicensesMoved
            : migration is { State: MigrationState.Failed, HasTarget: true } ? MigrationState.Failed
            : MigrationState.Purchased;
    }

    // The journal has a reason where it was another than the migration.
    private static bool IsForMigration(SubscriptionMigration migration) => migration.Suspension?.Reason is null;

    private static bool IsLeftToTermEnd(SubscriptionMigration migration)
    {
        return migration.Suspension?.Outcome is SuspensionOutcome.AutoRenewOff or SuspensionOutcome.LeftToTermEnd or SuspensionOutcome.EndsWithTerm && IsForMigration(migration);
    }

    private static TargetSubscription Describe(SubscriptionMigration migration, ExpiringSubscription row, Subscription target, bool isEndChanged)
    {
        // What someone made active or renewing again counts as ended by default.
        var ending = isEndChanged || !IsForMigration(migration) ? null : migration.SourceEnding?.Outcome;
        return (migration.Target ?? new TargetSubscription
        {
            PartnerTenantId = migration.PartnerTenantId,
            CustomerId = row.CustomerId,
            SourceSubscriptionId = row.SubscriptionId,
            SourceSkuId = row.SkuId,
            Outcome = TargetOutcome.Resumed,
            LicenseMoveNeeded = true,
        }) with
        {
            CustomerName = row.CustomerName,
            TargetSubscriptionId = target.Id.ToString(),
            OfferId = target.OfferId?.ToString(),
            OfferName = migration.Target?.OfferName ?? target.OfferName,
            Quantity = target.Quantity,
            BillingCycle = target.BillingCycle,
            TermDuration = target.TermDuration,
            Status = target.Status,
            Commerce = target.Commerce,
            ReducibleUntil = target.CancelableUntil,
            CancelableUntil = target.CancelableUntil,
            OverlapDays = Overlap.DaysOf(row, migration.Target?.Outcome ?? TargetOutcome.Resumed, migration.Target?.EffectiveOn ?? target.TermStartedOn, ending, migration.FinishedOn),
            Source = row,
        };
    }
}
