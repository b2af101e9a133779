using System;
using System.Collections.Concurrent;
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
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Undo;

/// <summary>Makes the changes of an undo, each written down before it is sent.</summary>
internal sealed class UndoExecutor
{
    private readonly MigrationOperation _operation;

    public UndoExecutor(MigrationOperation operation) => _operation = operation;

    /// <summary>Makes the source active, with its seats, or has it renew again.</summary>
    public async Task RestoreSourceAsync(UndoPlan plan, Subscription source, CancellationToken cancellationToken)
    {
        await JournalStatusAsync(JournalEntryKind.StatusIntended, plan.CustomerId, source.Id, "Active", cancellationToken).ConfigureAwait(false);
        if (plan.Reactivates)
        {
            _ = await _operation.Client.Subscriptions.SetStatusAsync(plan.CustomerId, source.Id, "active", cancellationToken).ConfigureAwait(false);
            var view = new CustomerView(_operation, plan.CustomerId);
            await new SeatWaiter(_operation).WaitAsync(view, [source.Id], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _ = await _operation.Client.Subscriptions.SetAutoRenewAsync(plan.CustomerId, source.Id, true, cancellationToken).ConfigureAwait(false);
        }

        await JournalStatusAsync(JournalEntryKind.StatusSettled, plan.CustomerId, source.Id, "Active", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves the licences back.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: some could not be moved, and not because their users were deleted.</exception>
    public async Task<IReadOnlyList<UserLicenseMove>> MoveBackAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, plan.CustomerId);
        var updater = new UserLicenseUpdater(_operation, view, usageLocation: null);
        var results = new ConcurrentBag<UserLicenseMove>();
        var done = 0;
        await Concurrently.ForEachAsync(
            plan.Updates,
            UndoStep.UsersAtOnce,
            async (update, token) =>
            {
                var (outcome, reason) = await updater.UpdateAsync(update, token).ConfigureAwait(false);
                results.Add(new UserLicenseMove
                {
                    UserId = update.Holder.User.Id,
                    UserPrincipalName = update.Holder.User.UserPrincipalName,
                    Outcome = outcome,
                    Reason = reason,
                    ExcludedPlans = update.Assign[0].Value,
                });
                _operation.Observer.Progress("Moving licences back", Interlocked.Increment(ref done), plan.Updates.Count);
            },
            cancellationToken).ConfigureAwait(false);
        var users = results.OrderBy(user => user.UserPrincipalName ?? user.UserId, StringComparer.OrdinalIgnoreCase).ToList();
        var deleted = users.FindAll(user => user.Outcome == UserMoveOutcome.UserDeleted);
        if (DeletedUsers.WarningOf(deleted.Select(user => User.Named(user.UserId, user.UserPrincipalName))) is { } warning)
        {
            _operation.Observer.Warning(warning);
        }

        var failed = users.Where(NotMovedUsers.IsNotMoved).Except(deleted).ToList();
        return failed.Count == 0
            ? users
            : throw ErrorCatalog.HoldersRemain.Exception(
                $"{plan.Target?.OfferName} ({plan.Target?.Id}) of {plan.Planned.CustomerName} stays active. Of those to be moved back, {NotMovedUsers.Sum(failed, user => user.UserPrincipalName ?? user.UserId)}.",
                plan.CustomerId,
                plan.Key,
                action: "Mend the reason, then run the same line again.");
    }

    /// <summary>Does with the successor what the plan says, and gives it as the service has it then.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: others depend on it, who were not moved by this migration.</exception>
    public async Task<Subscription> ReturnTargetAsync(UndoPlan plan, Subscription target, CancellationToken cancellationToken)
    {
        var subscriptions = _operation.Client.Subscriptions;
        if (plan.Return is TargetReturn.Suspended or TargetReturn.Deleted or TargetReturn.Resized)
        {
            await CheckNobodyDependsAsync(plan, target, target.Quantity - (plan.FormerQuantity ?? 0), cancellationToken).ConfigureAwait(false);
        }

        await JournalStatusAsync(JournalEntryKind.StatusIntended, plan.CustomerId, target.Id, plan.Return.ToString(), cancellationToken).ConfigureAwait(false);
        var change = plan.Return switch
        {
            TargetReturn.Suspended => subscriptions.SetStatusAsync(plan.CustomerId, target.Id, "suspended", cancellationToken),
            TargetReturn.Deleted => subscriptions.SetStatusAsync(plan.CustomerId, target.Id, "deleted", cancellationToken),
            TargetReturn.AutoRenewOff => subscriptions.SetAutoRenewAsync(plan.CustomerId, target.Id, false, cancellationToken),
            TargetReturn.Resized => GiveSeatsBackAsync(plan, target, cancellationToken),
            TargetReturn.ResizedAtRenewal => subscriptions.SetQuantityAtRenewalAsync(plan.CustomerId, target.Id, plan.FormerQuantity!.Value, cancellationToken),
            _ => Task.FromResult(target),
        };
        var returned = await change.ConfigureAwait(false);
        await JournalStatusAsync(JournalEntryKind.StatusSettled, plan.CustomerId, target.Id, plan.Return.ToString(), cancellationToken).ConfigureAwait(false);
        return returned;
    }

    // The seats first: while the mark is there, a run that was interrupted knows what to finish.
    private async Task<Subscription> GiveSeatsBackAsync(UndoPlan plan, Subscription target, CancellationToken cancellationToken)
    {
        var subscriptions = _operation.Client.Subscriptions;
        var reduced = target.Quantity > plan.FormerQuantity
            ? await subscriptions.SetQuantityAsync(plan.CustomerId, target.Id, plan.FormerQuantity.Value, cancellationToken).ConfigureAwait(false)
            : target;
        var given = _operation.Journal.View.Purchase(plan.CustomerId, plan.Key)?.Sources ?? [plan.Key];
        return await subscriptions.SetFriendlyNameAsync(plan.CustomerId, reduced.Id, name => PurchaseMark.WithoutSeats(name, given), cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckNobodyDependsAsync(UndoPlan plan, Subscription target, int seats, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, plan.CustomerId);
        if (await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false) is { } skuId)
        {
            var users = LicensePool.Of(await view.SkusAsync(cancellationToken).ConfigureAwait(false), skuId).UsersToMove(seats);
            if (users > 0)
            {
                var move = $"Move-UserLicense -CustomerId {plan.CustomerId} -SourceSubscriptionId {target.Id} -TargetSubscriptionId {plan.Key}";
                throw ErrorCatalog.HoldersRemain.Exception(
                    $"{Enumeration.Count(users, "user")} still {(users == 1 ? "depends" : "depend")} on {target.OfferName} ({target.Id}) of {plan.Planned.CustomerName}, not moved to it by this migration.",
                    plan.CustomerId,
                    target.Id,
                    action: $"Give them another licence, or move them to {plan.Source?.OfferName ?? plan.Key} as far as it has free seats ({move}), then run the same line again. Who they are: ({move} -WhatIf).Users | Where-Object Outcome -NotIn AlreadyMoved, Skipped");
            }
        }
    }

    private Task JournalStatusAsync(JournalEntryKind kind, string customerId, string subscriptionId, string status, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = kind,
                At = _operation.Time.GetUtcNow(),
                CustomerId = customerId,
                SubscriptionId = subscriptionId,
                Status = status,
                Done = kind == JournalEntryKind.StatusSettled ? true : null,
            },
            cancellationToken);
    }
}
