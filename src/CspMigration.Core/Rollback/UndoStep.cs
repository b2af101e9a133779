using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>
/// Takes a migration back by what was done (docs/rules.md, "Rolling back"): the source is made active, the licenses go
/// back with their switched-off plans, then the target goes. Like the way forward it does only what is missing.
/// </summary>
public sealed class UndoStep
{
    internal const int UsersAtOnce = 32;
    private const int CustomersAtOnce = 16;

    private readonly MigrationOperation _operation;

    internal UndoStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Takes one migration back, once it is confirmed.</summary>
    /// <param name="request">The migration.</param>
    /// <param name="confirmer">Answers for the user.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// The result, or the planned one, null where it was declined; and whether anything was bought for it: else there was
    /// nothing to take back, and nothing wrong.
    /// </returns>
    /// <exception cref="CspMigrationException">It cannot be rolled back, or nothing is known of it; <c>HoldersRemain</c>: some users could not be moved back; <c>PlanChanged</c>.</exception>
    public async Task<(SubscriptionMigration? Migration, bool WasBought)> RunAsync(UndoRequest request, IConfirmer confirmer, CancellationToken cancellationToken)
    {
        SubscriptionMigration? migration = null;
        var wasBought = true;
        await new ChangeRunner(_operation, confirmer).RunAsync(request.Customer, PlanChangeAsync, cancellationToken).ConfigureAwait(false);
        return (migration, wasBought);

        async Task<PlannedChange?> PlanChangeAsync(CancellationToken token)
        {
            if (await PlanIfBoughtAsync(request, token).ConfigureAwait(false) is not { } plan)
            {
                wasBought = false;
                return null;
            }

            if (plan.Warning is { } warning)
            {
                _operation.Observer.Warning(warning);
            }

            return new UndoChange(this, request, plan, undone => migration = undone);
        }
    }

    /// <summary>Reads and checks; sends nothing.</summary>
    /// <exception cref="CspMigrationException">It cannot be rolled back, or nothing is known of it.</exception>
    internal async Task<UndoPlan> PlanAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, request.Customer);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var key = request.SourceId
            ?? throw PartnerCenterErrors.NotOurSubscription.Exception("The migration did not suspend units of another channel: only the target can be rolled back.", request.Customer);
        var source = await view.RequireCurrentAsync(key, cancellationToken).ConfigureAwait(false);
        var acquired = await new AcquiredTargetFinder(_operation).FindAsync(view, request, source, customer.CompanyName, cancellationToken).ConfigureAwait(false);
        var change = _operation.Journal.View.ChangeInPlace(request.Customer, key);
        CheckTarget(source, request.Customer, acquired, change);
        CheckSource(source, request.Customer);
        if (acquired.Outcome == TargetOutcome.Scheduled)
        {
            return PlanScheduled(request, customer, source, subscriptions, change);
        }

        if (request.Moved is null)
        {
            MovedUsersIndex.Read(_operation.Journal, [request]);
        }

        var moved = request.Moved!.Of(request.Customer, key);
        var licenses = acquired.Target is null ? LicenseReturn.None
            : await new LicenseReturnPlanner(_operation).PlanAsync(view, request, source, acquired, cancellationToken).ConfigureAwait(false);
        (TargetRollback? main, IReadOnlyList<TargetRollback> rollbacks) = acquired.Target is null ? (null, [])
            : await new RollbackPlanner(_operation, view).PlanAsync(key, acquired, cancellationToken).ConfigureAwait(false);
        return new UndoPlan
        {
            Key = key,
            Source = source,
            Reactivates = !source.IsActive,
            TermEndBefore = EndOfTermRules.ToRestore(_operation.Journal.View, request.Customer, source),
            Licenses = licenses,
            Main = main,
            Rollbacks = rollbacks,
            Outcome = acquired.Outcome,
            Warning = WarningOf(request, source, moved, licenses, rollbacks),
            Planned = new TargetAfterRollback(_operation.Time.GetUtcNow(), source.Id, acquired.Outcome, main, rollbacks).AddTo(new SubscriptionMigration
            {
                PartnerTenantId = _operation.PartnerTenantId,
                CustomerId = customer.Id.ToString(),
                CustomerName = customer.CompanyName,
                SourceSubscriptionId = source.Id.ToString(),
                TargetSubscriptionId = acquired.Target?.Id.ToString(),
                State = MigrationState.RolledBack,
                IsPlanned = true,
                Source = _operation.Describe(customer, source, subscriptions),
            }),
        };
    }

    /// <summary>
    /// The same; null where the record says that nothing was bought, and neither the customer's subscriptions nor the journal
    /// know otherwise: then there is nothing to take back, and nothing wrong.
    /// </summary>
    /// <exception cref="CspMigrationException">It cannot be rolled back, or nothing is known of it.</exception>
    internal async Task<UndoPlan?> PlanIfBoughtAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.ErrorId == PartnerCenterErrors.NotOurSubscription.Id && request.IsUnbought && !IsPurchaseOpen(request))
        {
            _operation.Observer.Verbose($"{request.Name}: nothing was bought, so there is nothing to roll back.");
            return null;
        }
    }

    /// <summary>
    /// Orders requests so that a base is made active before its add-ons, and reads the journal once for all of them. A
    /// customer that cannot be read keeps its order: the plans tell why.
    /// </summary>
    public async Task<IReadOnlyList<UndoRequest>> PrepareAsync(IReadOnlyList<UndoRequest> requests, CancellationToken cancellationToken)
    {
        var addOns = new ConcurrentDictionary<UndoRequest, bool>();
        await Concurrently.ForEachAsync(
            requests.GroupBy(request => request.Customer).Where(customer => customer.Skip(1).Any()),
            CustomersAtOnce,
            async (customer, token) =>
            {
                foreach (var request in await FindAddOnsAsync(customer.Key, [.. customer], token).ConfigureAwait(false))
                {
                    addOns[request] = true;
                }
            },
            cancellationToken).ConfigureAwait(false);
        MovedUsersIndex.Read(_operation.Journal, requests);
        return [.. requests.OrderBy(addOns.ContainsKey)];
    }

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: some users could not be moved back, and not because they were deleted; the target stays.</exception>
    internal async Task<SubscriptionMigration> ExecuteAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var executor = new UndoExecutor(_operation);
        var startedOn = _operation.Time.GetUtcNow();
        if (plan.Source is { } source && (plan.Reactivates || plan.TermEndBefore is not null))
        {
            await executor.RestoreSourceAsync(plan, source, cancellationToken).ConfigureAwait(false);
        }

        // Who went back both directly and with a group, or with several, is one user.
        IReadOnlyList<UserLicenseMove> users =
        [
            .. (await executor.MoveBackAsync(plan, cancellationToken).ConfigureAwait(false))
                .Concat(await executor.SwitchGroupsBackAsync(plan, cancellationToken).ConfigureAwait(false))
                .GroupBy(user => user.UserId, StringComparer.OrdinalIgnoreCase).Select(same => same.First()),
        ];
        var returnedOn = _operation.Time.GetUtcNow();
        var rollbacks = new List<TargetRollback>();
        foreach (var rollback in plan.Rollbacks)
        {
            rollbacks.Add(rollback.NeedsWrite ? await executor.ReturnTargetAsync(plan, rollback, cancellationToken).ConfigureAwait(false) : rollback);
        }

        var main = plan.Main is null ? null : rollbacks.Find(rollback => rollback.Target.Id.Is(plan.Main.Target.Id));
        var left = new TargetAfterRollback(returnedOn, plan.Key, plan.Outcome, main, rollbacks);
        await executor.RecordRollbackAsync(plan, main, rollbacks, cancellationToken).ConfigureAwait(false);
        var now = await new CustomerView(_operation, plan.CustomerId).DescribeAsync(_operation, plan.Key, cancellationToken).ConfigureAwait(false);
        return left.AddTo(plan.Planned with
        {
            IsPlanned = false,
            StartedOn = startedOn,
            FinishedOn = _operation.Time.GetUtcNow(),
            Source = now,
            LicenseMove = new LicenseMove
            {
                PartnerTenantId = _operation.PartnerTenantId,
                CustomerId = plan.CustomerId.ToString(),
                CustomerName = plan.Planned.CustomerName,
                SourceSubscriptionId = plan.Target?.Id.ToString(),
                TargetSubscriptionId = plan.Key.ToString(),
                Moved = users.Count(user => !NotMovedUsers.IsNotMoved(user)),
                Failed = users.Count(NotMovedUsers.IsNotMoved),
                IsComplete = true,
                Users = users,
            },
        });
    }

    private async Task<IReadOnlyList<UndoRequest>> FindAddOnsAsync(CustomerId customerId, IReadOnlyList<UndoRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var subscriptions = await new CustomerView(_operation, customerId).SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
            return [.. requests.Where(request => subscriptions.Any(subscription =>
                subscription.Id.Is(request.SourceId) && subscription.ParentSubscriptionId is not null))];
        }
        catch (CspMigrationException e)
        {
            _operation.Observer.Verbose($"Which subscriptions of {customerId} are add-ons is not known: {e.Problem}");
            return [];
        }
    }

    // Nothing was bought, and no user was moved: what was scheduled is taken off, unless someone has scheduled otherwise since.
    private UndoPlan PlanScheduled(UndoRequest request, Customer customer, Subscription source, IReadOnlyList<Subscription> subscriptions, PurchaseIntended? change)
    {
        var isOurs = (source.ScheduledAction?.ProductSku).IsSameAs(change?.OfferId);
        return new UndoPlan
        {
            Key = source.Id,
            Source = source,
            TermEndBefore = isOurs ? _operation.Journal.View.TermEndBefore(request.Customer, source.Id) : null,
            Outcome = TargetOutcome.Scheduled,
            Planned = new SubscriptionMigration
            {
                PartnerTenantId = _operation.PartnerTenantId,
                CustomerId = customer.Id.ToString(),
                CustomerName = customer.CompanyName,
                SourceSubscriptionId = source.Id.ToString(),
                TargetSubscriptionId = source.Id.ToString(),
                State = MigrationState.RolledBack,
                IsPlanned = true,
                Source = _operation.Describe(customer, source, subscriptions),
            },
        };
    }

    private bool IsPurchaseOpen(UndoRequest request)
    {
        return request.SourceId is { } key && _operation.Journal.View.OpenPurchase(request.Customer, key) is not null;
    }

    private static void CheckTarget(Subscription source, CustomerId customerId, AcquiredTarget acquired, PurchaseIntended? change)
    {
        if (acquired.Outcome == TargetOutcome.Converted)
        {
            throw ErrorCatalog.TooLateToUndo.Exception(
                $"{source.OfferName} ({source.Id}) was a trial and has been converted: it cannot become one again.",
                customerId,
                source.Id,
                remedy: Remedies.EndConverted());
        }

        if (acquired.Outcome == TargetOutcome.Transitioned || (acquired.Outcome == TargetOutcome.Scheduled && source.OfferId.IsSameAs(change?.OfferId)))
        {
            throw ErrorCatalog.TooLateToUndo.Exception(
                $"{source.OfferName} ({source.Id}) has become its target in place{(acquired.Outcome == TargetOutcome.Transitioned ? ", or is becoming it" : "")}: the service cannot reverse that.",
                customerId,
                source.Id,
                Remedies.KeepOrEnd(UserCommands.EndWithTerm(customerId, source.Id)));
        }
    }

    private string? WarningOf(UndoRequest request, Subscription source, MovedUsers moved, LicenseReturn licenses, IReadOnlyList<TargetRollback> rollbacks)
    {
        var ofPlans = licenses.Updates.Count > 0 && request.Move is null && moved.UserIds.Count == 0
            ? "The journal does not have the moves: service plans that were switched off and that the target lacks come back switched on."
            : null;

        // Users go back to what ends: what it was to do before, only the journal knew.
        var ofEnd = source.IsActive && EndOfTermSetting.Cancel.IsOf(source) && _operation.Journal.View.Ending(request.Customer, source.Id) is null
            ? $"{source.OfferName} ({source.Id}) stays as it is and ends on {UtcDay.Of(source.CommitmentEnd)}: the journal does not have its earlier end-of-term setting. {Remedies.Renew(UserCommands.TurnRenewalOn(request.Customer, source.Id))}"
            : null;
        var warning = string.Join(" ", rollbacks.Select(rollback => rollback.Warning).Append(licenses.Warning).Append(ofPlans).Append(ofEnd).OfType<string>());
        return warning.Length == 0 ? null : warning;
    }

    private void CheckSource(Subscription source, CustomerId customerId)
    {
        if (!source.IsActive && (!source.IsSuspended || RetentionDates.IsTermOver(_operation.Time.GetUtcNow(), source.CommitmentEnd)))
        {
            throw ErrorCatalog.TooLateToReactivate.Exception(
                $"{source.OfferName} ({source.Id}) is {source.Status}; its term ended on {UtcDay.Of(source.CommitmentEnd)}.", customerId, source.Id);
        }
    }
}
