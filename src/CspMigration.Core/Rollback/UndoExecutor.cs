using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Makes the changes of an undo, each written down before it is sent.</summary>
internal sealed class UndoExecutor
{
    private readonly MigrationOperation _operation;

    public UndoExecutor(MigrationOperation operation) => _operation = operation;

    /// <summary>Makes the source active, with its seats, and has it renew again where it did.</summary>
    public async Task RestoreSourceAsync(UndoPlan plan, Subscription source, CancellationToken cancellationToken)
    {
        await AnnounceAsync(plan, source, JournalStatus.Active, cancellationToken).ConfigureAwait(false);
        if (plan.Reactivates)
        {
            _ = await _operation.Client.Subscriptions.SetStatusAsync(plan.CustomerId, source.Id, "active", cancellationToken).ConfigureAwait(false);
            var view = new CustomerView(_operation, plan.CustomerId);
            await new SeatWaiter(_operation).WaitAsync(view, [source.Id], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        }

        if (plan.TermEndBefore is { } before)
        {
            await RestoreTermEndAsync(plan, source, before, cancellationToken).ConfigureAwait(false);
        }

        await SettleAsync(plan, source, JournalStatus.Active, cancellationToken).ConfigureAwait(false);
    }

    private async Task RestoreTermEndAsync(UndoPlan plan, Subscription source, EndOfTermSetting before, CancellationToken cancellationToken)
    {
        if (source.Commerce != CommerceKind.NewCommerce)
        {
            _ = await _operation.Client.Subscriptions.SetAutoRenewAsync(plan.CustomerId, source.Id, before.AutoRenew, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What was scheduled may be on sale no more.
        var restored = await _operation.Client.Subscriptions.SetTermEndAsync(
            plan.CustomerId, source.Id, before, cancellationToken, plan.Reactivates ? null : EndOfTermRules.IsStill(plan.CustomerId, source, before)).ConfigureAwait(false);
        if (!before.IsOf(restored))
        {
            _operation.Observer.Warning($"{source.OfferName} ({source.Id}) of {plan.Planned.CustomerName}: what was scheduled for the end of its term could not be scheduled again; it is now: {EndOfTermRules.Describe(restored)}.");
        }
    }

    /// <summary>Moves the licenses back.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: some could not be moved, and not because their users were deleted.</exception>
    public async Task<IReadOnlyList<UserLicenseMove>> MoveBackAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(_operation, plan.CustomerId, cancellationToken).ConfigureAwait(false);
        var updater = new UserLicenseUpdater(_operation, plan.CustomerId, service, usageLocation: null);
        var results = new ConcurrentBag<UserLicenseMove>();
        var done = 0;
        await Concurrently.ForEachAsync(
            Batches.Of(plan.Licenses.Updates, service.BatchSize),
            UndoStep.UsersAtOnce,
            async (batch, token) =>
            {
                var ends = await updater.UpdateAsync(batch, token).ConfigureAwait(false);
                foreach (var (update, (outcome, reason)) in batch.Zip(ends, (update, end) => (update, end)))
                {
                    results.Add(new UserLicenseMove
                    {
                        UserId = update.Holder.User.Id.ToString(),
                        UserPrincipalName = update.Holder.User.UserPrincipalName,
                        Outcome = outcome,
                        Reason = reason,
                        ExcludedPlans = [.. update.Assign[0].Value.Select(plan => plan.ToString())],
                    });
                    _operation.Observer.Progress("Moving licenses back", Interlocked.Increment(ref done), plan.Licenses.Updates.Count);
                }
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var user in plan.Licenses.Unread)
        {
            results.Add(new UserLicenseMove { UserId = user.Id.ToString(), UserPrincipalName = user.UserPrincipalName, Outcome = UserMoveOutcome.Failed, Reason = "The service does not show the user's licenses." });
        }

        var users = results.OrderBy(user => user.UserPrincipalName ?? user.UserId, StringComparer.OrdinalIgnoreCase).ToList();
        var deleted = users.FindAll(user => user.Outcome == UserMoveOutcome.UserDeleted);
        if (DeletedUsers.WarningOf(deleted.Select(user => User.Named(UserId.From(user.UserId), user.UserPrincipalName))) is { } warning)
        {
            _operation.Observer.Warning(warning);
        }

        var failed = users.Where(user => NotMovedUsers.IsNotMoved(user) && user.Outcome != UserMoveOutcome.Skipped).Except(deleted).ToList();
        return failed.Count == 0
            ? users
            : throw ErrorCatalog.HoldersRemain.Exception(
                $"{plan.Target?.OfferName} ({plan.Target?.Id}) of {plan.Planned.CustomerName} stays active. Of those to be moved back, {NotMovedUsers.Sum(failed, user => user.UserPrincipalName ?? user.UserId)}.",
                plan.CustomerId,
                plan.Key,
                remedy: Remedies.FixAndRepeat());
    }

    /// <summary>Has the groups assign again what they assigned before, and waits for their members.</summary>
    /// <returns>The members who were moved back.</returns>
    /// <exception cref="CspMigrationException"><c>GroupNotSwitched</c>: the service refuses it, or cannot assign the old license to some members; <c>ProvisioningPending</c>.</exception>
    public async Task<IReadOnlyList<UserLicenseMove>> SwitchGroupsBackAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var moved = new List<UserLicenseMove>();
        foreach (var planned in plan.Licenses.Groups)
        {
            var service = await LicenseServices.OfAsync(_operation, plan.CustomerId, cancellationToken).ConfigureAwait(false);
            var groups = service.Groups!;
            var updater = new GroupLicenseUpdater(_operation, plan.CustomerId, groups);

            // Users have been moved back meanwhile, which can take long: what the group assigns now counts.
            if (!planned.IsMade
                && (await groups.FindAsync(planned.Group.Id, cancellationToken).ConfigureAwait(false) is not { } now || !planned.Update.Remove.All(now.Assigns)))
            {
                throw NotSwitched(plan, planned, "Its licenses have been changed by someone else.", Remedies.FixAndRepeat());
            }

            var refusal = await updater.SendAsync(planned.Update, planned.IsMade, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                var obstacle = GroupObstacle.Of(refusal, Remedies.FixAndRepeat());
                throw NotSwitched(plan, planned, obstacle.Problem, obstacle.Remedy);
            }

            // Who came to the group or left it since was not moved back with it.
            var following = await new GroupFollower(_operation, plan.CustomerId, service, groups)
                .FollowAsync(planned.Group, planned.Update.Remove, planned.Update.Targets, planned.Exchange, LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
            RequireLicenses(plan, planned, following);
            var back = following.Members.Where(member => planned.Update.Members.Contains(member.User.Id)).ToList();
            await updater.SettleAsync(planned.Update, [.. back.Select(member => member.User.Id).Where(userId => !following.Direct.ContainsKey(userId))], cancellationToken).ConfigureAwait(false);
            moved.AddRange(back.Select(member => new UserLicenseMove
            {
                UserId = member.User.Id.ToString(),
                UserPrincipalName = member.User.UserPrincipalName,
                Outcome = UserMoveOutcome.Moved,
                Reason = following.Direct.TryGetValue(member.User.Id, out var end) ? end.Reason : null,
                ExcludedPlans = [.. planned.SwitchedOff.Select(plan => plan.ToString())],
            }));
        }

        return moved;
    }

    // To whom the group could not assign the old license, it has been assigned directly: else they do not have it.
    private static void RequireLicenses(UndoPlan plan, GroupReturn planned, GroupFollowing following)
    {
        var left = following.Members.Where(member => following.Direct.TryGetValue(member.User.Id, out var end) && (end.Outcome != UserMoveOutcome.Moved || end.LacksLicense)).ToList();
        if (left.Count > 0)
        {
            throw NotSwitched(
                plan,
                planned,
                $"It cannot assign the old license to {Enumeration.Count(left.Count, "member")} ({Enumeration.OfSome(left.Select(member => $"{member.User.Name}: {following.Direct[member.User.Id].Reason}"))}).",
                Remedies.FixGroupErrors());
        }
    }

    private static CspMigrationException NotSwitched(UndoPlan plan, GroupReturn planned, string problem, Remedy remedy)
    {
        return ErrorCatalog.GroupNotSwitched.Exception(
            $"{plan.Planned.CustomerName}: the license of the group {planned.Group.Name} ({planned.Group.Id}) is not switched back. {problem}", plan.CustomerId, plan.Key, remedy);
    }

    /// <summary>Does with one subscription what the plan says.</summary>
    /// <returns>What was done, with the subscription as the service has it then.</returns>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: others depend on it, who were not moved by this migration.</exception>
    public async Task<TargetRollback> ReturnTargetAsync(UndoPlan plan, TargetRollback rollback, CancellationToken cancellationToken)
    {
        // Users have been moved back meanwhile, which can take long: what is there now counts.
        var target = await _operation.Client.Subscriptions.GetAsync(plan.CustomerId, rollback.Target.Id, cancellationToken).ConfigureAwait(false);
        if (rollback.Return is RollbackAction.Resized or RollbackAction.ResizedAtRenewal && target.Quantity != rollback.Target.Quantity)
        {
            _operation.Observer.Warning($"{target.OfferName} ({target.Id}) has {Enumeration.Count(target.Quantity, "seat")} now, not {rollback.Target.Quantity}: the others may be in use, so they stay. {Remedies.ReduceSeats()}");
            return TargetRollback.LeaveAlone(target);
        }

        rollback = rollback with { Target = target };
        if (rollback.Return is RollbackAction.Suspended or RollbackAction.Deleted or RollbackAction.EndsWithTerm or RollbackAction.Resized)
        {
            await RequireNoHoldersAsync(plan, rollback, cancellationToken).ConfigureAwait(false);
        }

        await AnnounceAsync(plan, target, JournalStatuses.Of(rollback.Return), cancellationToken).ConfigureAwait(false);
        var returned = await SendAsync(plan.CustomerId, rollback, cancellationToken).ConfigureAwait(false);
        await SettleAsync(plan, target, JournalStatuses.Of(returned.Return), cancellationToken).ConfigureAwait(false);
        return returned;
    }

    /// <summary>Writes down what has become of the migration, and of those whose target was left for this one alone.</summary>
    public async Task RecordRollbackAsync(UndoPlan plan, TargetRollback? main, IReadOnlyList<TargetRollback> rollbacks, CancellationToken cancellationToken)
    {
        foreach (var rollback in rollbacks.Where(rollback => rollback.OfSources.Count > 0 && rollback.NeedsWrite))
        {
            await AppendAsync(rollback.OfSources, rollback).ConfigureAwait(false);
        }

        await AppendAsync([plan.Key], main).ConfigureAwait(false);

        Task AppendAsync(IReadOnlyList<SourceKey> sources, TargetRollback? rollback) => _operation.Journal.AppendAsync(
            new Undone
            {
                At = _operation.Time.GetUtcNow(),
                CustomerId = plan.CustomerId,
                Sources = sources,
                SubscriptionId = rollback?.Target.Id,
                Quantity = rollback?.Target.Quantity,
                Action = rollback?.Return,
            },
            cancellationToken);
    }

    // It renews as what the customer may buy of its SKU now, in its own segment first, or as it is where that is no longer sold.
    private async Task<Subscription> ReduceSeatsAtRenewalAsync(CustomerId customerId, TargetRollback rollback, CancellationToken cancellationToken)
    {
        var item = rollback.Target.OfferId
            ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service does not say which offer {rollback.Target.Id} is of.", customerId, rollback.Target.Id);
        var sold = item is not { Product: { } productId, Sku: { } skuId } ? []
            : await _operation.Client.Products.ListForCustomerAsync(customerId, productId, skuId, cancellationToken).ConfigureAwait(false);
        var renewal = sold.FirstOrDefault(availability => !ServiceWord.Is(availability.Segment ?? Segments.Commercial, Segments.Commercial)) ?? sold.FirstOrDefault();
        return await _operation.Client.Subscriptions.SetQuantityAtRenewalAsync(
            customerId, rollback.Target.Id, renewal?.CatalogItemId ?? item, rollback.FormerQuantity!.Value, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TargetRollback> SendAsync(CustomerId customerId, TargetRollback rollback, CancellationToken cancellationToken)
    {
        var (subscriptions, target) = (_operation.Client.Subscriptions, rollback.Target);
        try
        {
            var change = rollback.Return switch
            {
                RollbackAction.Suspended => subscriptions.SetStatusAsync(customerId, target.Id, "suspended", cancellationToken),
                RollbackAction.Deleted => subscriptions.SetStatusAsync(customerId, target.Id, "deleted", cancellationToken),
                RollbackAction.EndsWithTerm => subscriptions.SetTermEndAsync(customerId, target.Id, EndOfTermSetting.Cancel, cancellationToken),
                RollbackAction.Resized => ReduceSeatsAsync(customerId, rollback, cancellationToken),
                RollbackAction.ResizedAtRenewal => ReduceSeatsAtRenewalAsync(customerId, rollback, cancellationToken),
                _ => Task.FromResult(target),
            };
            var changed = await change.ConfigureAwait(false);
            if (rollback.Return != RollbackAction.EndsWithTerm || EndOfTermSetting.Cancel.IsOf(changed))
            {
                return rollback with { Target = changed };
            }

            _operation.Observer.Warning($"{target.OfferName} ({target.Id}): {EndOfTermRules.ExtensionWarning(changed)}");
            return rollback with { Target = changed, Return = RollbackAction.AutoRenewOff };
        }
        catch (CspMigrationException e) when (rollback.Return == RollbackAction.Deleted && e.ServiceCode is ServiceCodes.CancellationDaysOver or ServiceCodes.CancellationHoursOver)
        {
            // The service counts the days by a clock of its own.
            _operation.Observer.Warning($"{target.OfferName} ({target.Id}) can no longer be canceled: it is billed until {UtcDay.Of(target.CommitmentEnd)}.");
            return await SendAsync(customerId, rollback with { Return = RollbackAction.EndsWithTerm }, cancellationToken).ConfigureAwait(false);
        }
    }

    // The seats first: while the mark is there, a run that was interrupted knows what to finish.
    private async Task<Subscription> ReduceSeatsAsync(CustomerId customerId, TargetRollback rollback, CancellationToken cancellationToken)
    {
        var (subscriptions, keeper) = (_operation.Client.Subscriptions, new TermEndKeeper(_operation));
        if (rollback.Target.Quantity > rollback.FormerQuantity)
        {
            _ = await subscriptions.SetQuantityAsync(customerId, rollback.Target.Id, rollback.FormerQuantity.Value, keeper, cancellationToken, CheckSeats).ConfigureAwait(false);
        }

        return await subscriptions.SetFriendlyNameAsync(
            customerId, rollback.Target.Id, name => PurchaseMark.WithoutSeats(name, rollback.SeatSources), keeper, cancellationToken).ConfigureAwait(false);

        // The holders were counted meanwhile.
        void CheckSeats(Subscription now)
        {
            if (now.Quantity != rollback.Target.Quantity)
            {
                throw ErrorCatalog.PlanChanged.Exception(
                    $"{now.OfferName} ({now.Id}) has {Enumeration.Count(now.Quantity, "seat")} now, not {rollback.Target.Quantity}: the others may be in use, so none was taken away.", customerId, now.Id);
            }
        }
    }

    private async Task RequireNoHoldersAsync(UndoPlan plan, TargetRollback rollback, CancellationToken cancellationToken)
    {
        var target = rollback.Target;
        var view = new CustomerView(_operation, plan.CustomerId);
        var skuId = await view.RequireSkuIdOfAsync(target, cancellationToken).ConfigureAwait(false);
        var users = await HolderCount.DependentOnAsync(view, skuId, target, rollback.FormerQuantity ?? 0, sources: [], planned: null, cancellationToken).ConfigureAwait(false);
        if (users == 0)
        {
            return;
        }

        var problem = $"{Enumeration.Count(users, "user")} still {(users == 1 ? "depends" : "depend")} on {target.OfferName} ({target.Id}) of {plan.Planned.CustomerName}";
        if (!target.Id.Is(plan.Target?.Id))
        {
            throw ErrorCatalog.HoldersRemain.Exception(
                $"{problem}, which the migration has bought.", plan.CustomerId, target.Id, remedy: Remedies.RemoveLicenses());
        }

        throw ErrorCatalog.HoldersRemain.Exception(
            $"{problem}, not moved to it by this migration.",
            plan.CustomerId,
            target.Id,
            remedy: Remedies.MoveOthers(plan.Source?.OfferName ?? plan.Key.ToString(), UserCommands.Move(plan.CustomerId, target.Id, plan.Key, location: null)));
    }

    private Task AnnounceAsync(UndoPlan plan, Subscription subscription, JournalStatus status, CancellationToken cancellationToken) =>
        _operation.Journal.AppendAsync(Intend(plan, subscription, status), cancellationToken);

    private Task SettleAsync(UndoPlan plan, Subscription subscription, JournalStatus status, CancellationToken cancellationToken) =>
        _operation.Journal.AppendAsync(Intend(plan, subscription, status).Done(_operation.Time.GetUtcNow()), cancellationToken);

    private StatusIntended Intend(UndoPlan plan, Subscription subscription, JournalStatus status) =>
        new() { At = _operation.Time.GetUtcNow(), CustomerId = plan.CustomerId, SubscriptionId = subscription.Id, Status = status };
}
