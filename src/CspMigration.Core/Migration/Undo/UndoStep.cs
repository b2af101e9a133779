using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Undo;

/// <summary>
/// Takes a migration back by what was done (design §3, "Undo by outcome"): the source is made active, the licences go
/// back with their switched-off plans, then the successor goes. Like the way forward it does only what is missing.
/// </summary>
public sealed class UndoStep
{
    private const int UsersAtOnce = 32;
    private const int CustomersAtOnce = 16;

    private readonly MigrationOperation _operation;

    internal UndoStep(MigrationOperation operation) => _operation = operation;

    /// <summary>Reads and checks; sends nothing.</summary>
    /// <exception cref="CspMigrationException">It cannot be taken back, or nothing is known of it.</exception>
    public async Task<UndoPlan> PlanAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, request.CustomerId);
        var customer = await view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var key = request.SourceSubscriptionId
            ?? throw ErrorCatalog.NotOurSubscription.Exception("Units of another channel were not ours to suspend: there is nothing to take back but the successor.", request.CustomerId);
        var source = await view.RequireSubscriptionAsync(key, cancellationToken).ConfigureAwait(false);
        var successor = FindSuccessor(request, key, subscriptions);
        if (successor.Outcome == TargetOutcome.Converted)
        {
            throw ErrorCatalog.TooLateToUndo.Exception(
                $"{source.OfferName} ({source.Id}) was a trial and has been converted: it cannot become one again.",
                request.CustomerId,
                source.Id,
                action: "Suspend it, or turn its auto-renew off, which Set-Subscription does.");
        }

        CheckSource(source, request.CustomerId);
        var ending = _operation.Journal.View.Ending(request.CustomerId, key);
        if (request.Moved is null)
        {
            MovedUsers.Read(_operation.Journal, [request]);
        }

        var moved = request.Moved!;
        var (updates, ofUsers) = successor.Target is not { IsDeleted: false } ? ([], null) : await PlanUpdatesAsync(view, request, moved, source, successor.Target, cancellationToken).ConfigureAwait(false);
        var (targetReturn, former, ofTarget) = successor.Target is null ? default : Decide(key, successor, subscriptions, request.CustomerId);
        var ofPlans = updates.Count > 0 && request.Move is null && moved.UserIds.Count == 0
            ? "The journal does not have the moves: service plans that were switched off and that the successor lacks come back switched on."
            : null;
        var warning = string.Join(" ", new[] { ofTarget, ofUsers, ofPlans }.OfType<string>());

        return new UndoPlan
        {
            Key = key,
            Source = source,
            Target = successor.Target,
            Reactivates = !source.IsActive,
            RestoresAutoRenew = source is { IsActive: true, AutoRenewEnabled: false } && ending is { Way: "AutoRenewOff" },
            Updates = updates,
            Return = targetReturn,
            FormerQuantity = former,
            Outcome = successor.Outcome,
            Warning = warning.Length == 0 ? null : warning,
            Planned = new ReturnedTarget(_operation.Time.GetUtcNow(), source.Id, successor.Target, successor.Outcome, targetReturn, former).AddTo(new SubscriptionMigration
            {
                PartnerTenantId = _operation.PartnerTenantId,
                CustomerId = customer.Id,
                CustomerName = customer.CompanyName,
                SourceSubscriptionId = source.Id,
                TargetSubscriptionId = successor.Target?.Id,
                State = MigrationState.RolledBack,
                IsPlanned = true,
                Source = _operation.Describe(customer, source, subscriptions),
            }),
        };
    }

    /// <summary>
    /// Orders requests so that a base is made active before its add-ons, and reads the journal once for all of them. A
    /// customer that cannot be read keeps its order: the plans tell why.
    /// </summary>
    public async Task<IReadOnlyList<UndoRequest>> PrepareAsync(IReadOnlyList<UndoRequest> requests, CancellationToken cancellationToken)
    {
        var addOns = new ConcurrentDictionary<UndoRequest, bool>();
        await Concurrently.ForEachAsync(
            requests.GroupBy(request => request.CustomerId, StringComparer.OrdinalIgnoreCase).Where(customer => customer.Skip(1).Any()),
            CustomersAtOnce,
            async (customer, token) =>
            {
                foreach (var request in await FindAddOnsAsync(customer.Key, [.. customer], token).ConfigureAwait(false))
                {
                    addOns[request] = true;
                }
            },
            cancellationToken).ConfigureAwait(false);
        MovedUsers.Read(_operation.Journal, requests);
        return [.. requests.OrderBy(addOns.ContainsKey)];
    }

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersRemain</c>: some users could not be moved back, and not because they were deleted; the successor stays.</exception>
    public async Task<SubscriptionMigration> ExecuteAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var startedOn = _operation.Time.GetUtcNow();
        if (plan.Source is { } source && (plan.Reactivates || plan.RestoresAutoRenew))
        {
            await RestoreSourceAsync(plan, source, cancellationToken).ConfigureAwait(false);
        }

        var users = await MoveBackAsync(plan, cancellationToken).ConfigureAwait(false);
        var returnedOn = _operation.Time.GetUtcNow();
        if (plan.Target is { } target && plan.Return != TargetReturn.LeftAlone)
        {
            await ReturnTargetAsync(plan, target, cancellationToken).ConfigureAwait(false);
        }

        var returned = await FindReturnedAsync(plan, cancellationToken).ConfigureAwait(false);
        var left = new ReturnedTarget(returnedOn, plan.Key, returned, plan.Outcome, plan.Return, plan.FormerQuantity);
        await _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = JournalEntryKind.Undone,
                At = _operation.Time.GetUtcNow(),
                CustomerId = plan.CustomerId,
                Sources = [plan.Key],
                SubscriptionId = plan.Target?.Id,
                Quantity = returned?.Quantity,
                Status = plan.Target is null ? null : plan.Return.ToString(),
            },
            cancellationToken).ConfigureAwait(false);
        var now = await _operation.Discovery.ReadAsync(plan.CustomerId, plan.Key, cancellationToken).ConfigureAwait(false);
        return left.AddTo(plan.Planned with
        {
            IsPlanned = false,
            StartedOn = startedOn,
            FinishedOn = _operation.Time.GetUtcNow(),
            Source = now,
            LicenseMove = new LicenseMove
            {
                PartnerTenantId = _operation.PartnerTenantId,
                CustomerId = plan.CustomerId,
                CustomerName = plan.Planned.CustomerName,
                SourceSubscriptionId = plan.Target?.Id,
                TargetSubscriptionId = plan.Key,
                Moved = users.Count(user => !NotMovedUsers.IsNotMoved(user)),
                Failed = users.Count(NotMovedUsers.IsNotMoved),
                IsComplete = true,
                Users = users,
            },
        });
    }

    // As the service has it now.
    private async Task<Subscription?> FindReturnedAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        return plan.Target is { } target && plan.Return != TargetReturn.LeftAlone
            ? await new CustomerView(_operation, plan.CustomerId).SubscriptionAsync(target.Id, cancellationToken).ConfigureAwait(false) ?? target
            : plan.Target;
    }

    private async Task<IReadOnlyList<UndoRequest>> FindAddOnsAsync(string customerId, IReadOnlyList<UndoRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var subscriptions = await new CustomerView(_operation, customerId).SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
            return [.. requests.Where(request => subscriptions.Any(subscription =>
                CustomerView.Same(subscription.Id, request.SourceSubscriptionId) && subscription.ParentSubscriptionId is not null))];
        }
        catch (CspMigrationException e)
        {
            _operation.Observer.Verbose($"Which subscriptions of {customerId} are add-ons is not known: {e.Problem}");
            return [];
        }
    }

    // The service first: marks. Then the journal, then what the record says.
    private Successor FindSuccessor(UndoRequest request, string key, IReadOnlyList<Subscription> subscriptions)
    {
        var written = _operation.Journal.View.Purchase(request.CustomerId, key);

        // One taken back before may be there beside it. One that is deleted still tells that there was a migration.
        var marked = subscriptions.Where(other => PurchaseMark.Names(other.FriendlyName, key)).OrderByDescending(other => other.IsActive).ThenBy(other => other.IsDeleted).FirstOrDefault();
        var resized = subscriptions.FirstOrDefault(other => !other.IsDeleted && PurchaseMark.NamesSeats(other.FriendlyName, key));
        var target = marked ?? resized ?? subscriptions.FirstOrDefault(other =>
            CustomerView.Same(other.Id, written?.SubscriptionId ?? request.TargetSubscriptionId));
        if (target is null && _operation.Journal.View.OpenPurchase(request.CustomerId, key) is { IsAccepted: true })
        {
            throw ErrorCatalog.ProvisioningPending.Exception(
                $"The successor of {key} has been bought, and the service does not list it yet: it cannot be taken back before.",
                request.CustomerId,
                key,
                action: "Run the same line again later.");
        }

        var outcome = written?.Way switch
        {
            nameof(PurchaseWay.Conversion) => TargetOutcome.Converted,
            nameof(PurchaseWay.Resize) => TargetOutcome.Resized,
            nameof(PurchaseWay.Reactivation) => marked is null ? TargetOutcome.Reactivated : TargetOutcome.Purchased,
            nameof(PurchaseWay.None) => TargetOutcome.Reused,
            null => marked is not null ? TargetOutcome.Purchased : resized is not null ? TargetOutcome.Resized : request.Outcome,
            _ => TargetOutcome.Purchased,
        };
        var isUndone = _operation.Journal.View.IsUndone(request.CustomerId, key);
        return target is null && outcome is null && !isUndone
            ? throw ErrorCatalog.NotOurSubscription.Exception(
                $"Neither the customer's subscriptions nor the journal know of a successor of {key}: there is nothing to take back.",
                request.CustomerId,
                key,
                action: "Check the subscription's id, and that the journal is the one of the migration.")
            : new Successor(target, outcome ?? TargetOutcome.Reused, written);
    }

    private void CheckSource(Subscription source, string customerId)
    {
        if (!source.IsActive && (!source.IsSuspended || source.CommitmentEnd < _operation.Time.GetUtcNow()))
        {
            throw ErrorCatalog.TooLateToReactivate.Exception(
                $"{source.OfferName} ({source.Id}) is {source.Status}; its term ended on {UtcDay.Of(source.CommitmentEnd)}.", customerId, source.Id);
        }
    }

    private (TargetReturn Return, int? Former, string? Warning) Decide(
        string key, Successor successor, IReadOnlyList<Subscription> subscriptions, string customerId)
    {
        var target = successor.Target!;
        var isOpen = target.CancellableUntil is not { } until || until >= _operation.Time.GetUtcNow();
        var isNewCommerce = target.Commerce == CommerceKind.NewCommerce;
        if (successor.Outcome == TargetOutcome.Reused || (successor.Outcome != TargetOutcome.Resized && !target.IsActive))
        {
            return (TargetReturn.LeftAlone, null, null);
        }

        if (ServesOthers(key, successor, subscriptions, customerId))
        {
            return (TargetReturn.LeftAlone, null, $"{target.OfferName} ({target.Id}) stays as it is: it succeeds another source that is still migrated.");
        }

        return successor.Outcome == TargetOutcome.Resized ? DecideResized(key, successor, isNewCommerce && !isOpen, customerId)
            : successor.Outcome == TargetOutcome.Reactivated ? (TargetReturn.Suspended, null, null)
            : !isNewCommerce ? (TargetReturn.Suspended, null, null)
            : isOpen ? (TargetReturn.Deleted, null, null)
            : !target.AutoRenewEnabled ? (TargetReturn.LeftAlone, null, null)
            : (TargetReturn.AutoRenewOff, null, $"{target.OfferName} ({target.Id}) can no longer be cancelled: it is billed until {UtcDay.Of(target.CommitmentEnd)}.");
    }

    private static (TargetReturn Return, int? Former, string? Warning) DecideResized(string key, Successor successor, bool isLate, string customerId)
    {
        var target = successor.Target!;
        if (successor.Written is not { QuantityBefore: { } former } written)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"How many seats {target.OfferName} ({target.Id}) had before, only the journal knew.", customerId, target.Id);
        }

        if (target.Quantity > former && target.Quantity != written.Quantity)
        {
            return (TargetReturn.LeftAlone, null, string.Format(
                CultureInfo.CurrentCulture,
                "{0} ({1}) has {2} seats, not the {3} it was given: somebody needs the others. The {4} of this migration stay; Set-Subscription takes them away.",
                target.OfferName, target.Id, target.Quantity, written.Quantity, written.Quantity - former));
        }

        var isDone = isLate ? target.QuantityAtRenewal == former : target.Quantity <= former && !PurchaseMark.NamesSeats(target.FriendlyName, key);
        return isDone ? (TargetReturn.LeftAlone, former, null)
            : isLate ? (TargetReturn.ResizedAtRenewal, former, $"{target.OfferName} ({target.Id}) keeps its {target.Quantity} seats until it renews: the 7 days in which they could be given back are over.")
            : (TargetReturn.Resized, former, null);
    }

    // What was got for several sources is taken back with the last of them. By the marks the others are still migrated while
    // they are not active; by the journal, while it has the same purchase for them.
    private bool ServesOthers(string key, Successor successor, IReadOnlyList<Subscription> subscriptions, string customerId)
    {
        var target = successor.Target!;
        return subscriptions.Any(other => !CustomerView.Same(other.Id, key)
                && !CustomerView.Same(other.Id, target.Id)
                && !other.IsActive
                && other.IsSuspended
                && PurchaseMark.Names(target.FriendlyName, other.Id))
            || (successor.Outcome is TargetOutcome.Resized or TargetOutcome.Reactivated
                && (successor.Written?.Sources ?? []).Any(other => !CustomerView.Same(other, key)
                    && _operation.Journal.View.Purchase(customerId, other)?.RequestId == successor.Written!.RequestId));
    }

    private async Task<(IReadOnlyList<LicenseUpdate> Updates, string? Warning)> PlanUpdatesAsync(
        CustomerView view,
        UndoRequest request,
        MovedUsers moved,
        Subscription source,
        Subscription target,
        CancellationToken cancellationToken)
    {
        var sourceSku = await view.SkuIdOfAsync(source.Id, cancellationToken).ConfigureAwait(false);
        var targetSku = await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false);
        if (sourceSku is null || targetSku is null || CustomerView.Same(sourceSku, targetSku))
        {
            return ([], null);
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var (holders, warning) = await FindMovedAsync(view, request, moved, target, targetSku, skus, cancellationToken).ConfigureAwait(false);
        var others = await OtherSourceSkusAsync(view, source, target, subscriptions, cancellationToken).ConfigureAwait(false);
        var sourcePlans = skus.FirstOrDefault(sku => CustomerView.Same(sku.SkuId, sourceSku))?.ServicePlans ?? [];
        var targetPlans = skus.FirstOrDefault(sku => CustomerView.Same(sku.SkuId, targetSku))?.ServicePlans ?? [];

        // Units of one SKU are pooled: while another source of it is still migrated, no more go back than this one has room for.
        var pool = LicensePool.Of(skus, sourceSku);
        var room = others.Contains(sourceSku) ? pool.Free + (source.IsActive ? 0 : source.Quantity) : int.MaxValue;
        var updates = holders
            .Where(holder => !holder.Holds(sourceSku))
            .Take(room)
            .Select(holder => new LicenseUpdate
            {
                Holder = holder,
                Assign = [new(sourceSku, SwitchedOff(holder, moved, request.Move, targetSku, sourcePlans, targetPlans))],

                // Who came from another source too keeps the successor while that one is still migrated.
                Remove = moved.Of(holder.User.Id)?.FromSkuIds is { Count: > 1 } from && from.Any(sku => others.Contains(sku) && !holder.Holds(sku)) ? [] : [targetSku],
                Sources = [source.Id],
                IsBack = true,
            });
        return ([.. updates], warning);
    }

    // Those the journal or the record names; with neither, all who depend on the successor.
    private async Task<(IReadOnlyList<LicenseHolder> Holders, string? Warning)> FindMovedAsync(
        CustomerView view,
        UndoRequest request,
        MovedUsers moved,
        Subscription target,
        string targetSku,
        IReadOnlyList<SubscribedSku> skus,
        CancellationToken cancellationToken)
    {
        var named = moved.UserIds.Count > 0 ? moved.UserIds.ToList()
            : request.Move is { } move ? [.. move.Users.Where(user => user.Outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved).Select(user => user.UserId)]
            : (IReadOnlyList<string>?)null;
        if (named is not null)
        {
            var read = new ConcurrentBag<LicenseHolder>();
            var gone = new ConcurrentBag<User>();
            await Concurrently.ForEachAsync(
                named,
                UsersAtOnce,
                async (userId, token) =>
                {
                    var user = User.Named(userId, request.Move?.Users.FirstOrDefault(user => user.UserId == userId)?.UserPrincipalName);
                    if (await _operation.Client.Users.FindLicensesAsync(view.CustomerId, userId, token).ConfigureAwait(false) is { } licenses)
                    {
                        read.Add(new LicenseHolder(user, licenses));
                    }
                    else
                    {
                        gone.Add(user);
                    }
                },
                cancellationToken).ConfigureAwait(false);
            return ([.. read.Where(holder => holder.Holds(targetSku)).OrderBy(holder => holder.User.Id, StringComparer.Ordinal)], WarningOf(gone));
        }

        var pool = LicensePool.Of(skus, targetSku);
        var expected = new Dictionary<string, int> { [targetSku] = pool.Consumed };
        var users = await new HolderSearch(_operation, UsersAtOnce).FindAsync(view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        var depend = target.IsActive ? pool.UsersToMove(target.Quantity) : pool.Consumed;
        return ([.. users.Where(user => user.Holds(targetSku)).Take(depend)], null);
    }

    // Nobody can restore a licence to somebody who has left: it is no reason to keep the successor.
    private static string? WarningOf(IEnumerable<User> deleted)
    {
        var names = deleted.Select(user => user.UserPrincipalName ?? user.Id).OrderBy(name => name, StringComparer.OrdinalIgnoreCase).ToList();
        var (were, have) = names.Count == 1 ? ("was", "has") : ("were", "have");
        return names.Count == 0
            ? null
            : $"{Enumeration.Count(names.Count, "user")} who {were} moved {have} been deleted since and cannot get the old licence back: {Enumeration.OfSome(names)}.";
    }

    private static async Task<HashSet<string>> OtherSourceSkusAsync(
        CustomerView view, Subscription source, Subscription target, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var skus = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var other in subscriptions.Where(other => other.IsSuspended && !CustomerView.Same(other.Id, source.Id) && PurchaseMark.Names(target.FriendlyName, other.Id)))
        {
            if (await view.SkuIdOfAsync(other.Id, cancellationToken).ConfigureAwait(false) is { } sku)
            {
                _ = skus.Add(sku);
            }
        }

        return skus;
    }

    // As the journal wrote them down; else by what is off in the successor's licence and what the record says was lost.
    private static IReadOnlyList<string> SwitchedOff(
        LicenseHolder holder,
        MovedUsers moved,
        LicenseMove? move,
        string targetSku,
        IReadOnlyList<ServicePlan> sourcePlans,
        IReadOnlyList<ServicePlan> targetPlans)
    {
        var user = move?.Users.FirstOrDefault(candidate => CustomerView.Same(candidate.UserId, holder.User.Id));
        if ((moved.Of(holder.User.Id) is { } entry ? entry.SwitchedOffPlans ?? [] : user?.SwitchedOffPlans) is { } known)
        {
            return [.. known.Where(id => sourcePlans.Any(plan => CustomerView.Same(plan.Id, id)))];
        }

        var offInTarget = user is null
            ? (holder.LicenseOf(targetSku)?.ServicePlans ?? []).Where(plan => plan.IsSwitchedOff).ToList()
            : targetPlans.Where(plan => user.ExcludedPlans.Contains(plan.Id, StringComparer.OrdinalIgnoreCase)).ToList();
        return [.. sourcePlans
            .Where(plan => plan.Id is not null && (offInTarget.Exists(off => CustomerView.Same(off.Id, plan.Id) || CustomerView.Same(off.ServiceName, plan.ServiceName))
                || (user?.LostPlans ?? []).Contains(plan.ServiceName, StringComparer.OrdinalIgnoreCase)))
            .Select(plan => plan.Id!)];
    }

    private async Task RestoreSourceAsync(UndoPlan plan, Subscription source, CancellationToken cancellationToken)
    {
        await JournalStatusAsync(JournalEntryKind.StatusIntended, plan.CustomerId, source.Id, "Active", cancellationToken).ConfigureAwait(false);
        if (plan.Reactivates)
        {
            _ = await _operation.Client.Subscriptions.SetStatusAsync(plan.CustomerId, source, "active", cancellationToken).ConfigureAwait(false);
            var view = new CustomerView(_operation, plan.CustomerId);
            await new SeatWaiter(_operation).WaitAsync(view, [source.Id], LicenseMoveOptions.DefaultProvisioningTimeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _ = await _operation.Client.Subscriptions.SetAutoRenewAsync(plan.CustomerId, source, true, cancellationToken).ConfigureAwait(false);
        }

        await JournalStatusAsync(JournalEntryKind.StatusSettled, plan.CustomerId, source.Id, "Active", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<UserLicenseMove>> MoveBackAsync(UndoPlan plan, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, plan.CustomerId);
        var updater = new UserLicenseUpdater(_operation, view, usageLocation: null);
        var results = new ConcurrentBag<UserLicenseMove>();
        var done = 0;
        await Concurrently.ForEachAsync(
            plan.Updates,
            UsersAtOnce,
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
        if (WarningOf(deleted.Select(user => User.Named(user.UserId, user.UserPrincipalName))) is { } warning)
        {
            _operation.Observer.Warning(warning);
        }

        var failed = users.Where(NotMovedUsers.IsNotMoved).Except(deleted).ToList();
        return failed.Count == 0
            ? users
            : throw ErrorCatalog.HoldersRemain.Exception(
                $"The successor stays active. Of those to be moved back, {NotMovedUsers.Sum(failed, user => user.UserPrincipalName ?? user.UserId)}.",
                plan.CustomerId,
                plan.Key,
                action: "Mend the reason, then run the same line again.");
    }

    private async Task ReturnTargetAsync(UndoPlan plan, Subscription target, CancellationToken cancellationToken)
    {
        var subscriptions = _operation.Client.Subscriptions;
        if (plan.Return is TargetReturn.Suspended or TargetReturn.Deleted or TargetReturn.Resized)
        {
            await CheckNobodyDependsAsync(plan, target, target.Quantity - (plan.FormerQuantity ?? 0), cancellationToken).ConfigureAwait(false);
        }

        await JournalStatusAsync(JournalEntryKind.StatusIntended, plan.CustomerId, target.Id, plan.Return.ToString(), cancellationToken).ConfigureAwait(false);
        switch (plan.Return)
        {
            case TargetReturn.Suspended:
                _ = await subscriptions.SetStatusAsync(plan.CustomerId, target, "suspended", cancellationToken).ConfigureAwait(false);
                break;
            case TargetReturn.Deleted:
                _ = await subscriptions.SetStatusAsync(plan.CustomerId, target, "deleted", cancellationToken).ConfigureAwait(false);
                break;
            case TargetReturn.AutoRenewOff:
                _ = await subscriptions.SetAutoRenewAsync(plan.CustomerId, target, false, cancellationToken).ConfigureAwait(false);
                break;
            case TargetReturn.Resized:
                await GiveSeatsBackAsync(plan, target, cancellationToken).ConfigureAwait(false);
                break;
            case TargetReturn.ResizedAtRenewal:
                _ = await subscriptions.SetQuantityAtRenewalAsync(plan.CustomerId, target, plan.FormerQuantity!.Value, cancellationToken).ConfigureAwait(false);
                break;
        }

        await JournalStatusAsync(JournalEntryKind.StatusSettled, plan.CustomerId, target.Id, plan.Return.ToString(), cancellationToken).ConfigureAwait(false);
    }

    // The seats first: while the mark is there, a run that was interrupted knows what to finish.
    private async Task GiveSeatsBackAsync(UndoPlan plan, Subscription target, CancellationToken cancellationToken)
    {
        var subscriptions = _operation.Client.Subscriptions;
        var reduced = target.Quantity > plan.FormerQuantity
            ? await subscriptions.SetQuantityAsync(plan.CustomerId, target, plan.FormerQuantity.Value, cancellationToken).ConfigureAwait(false)
            : target;
        var given = _operation.Journal.View.Purchase(plan.CustomerId, plan.Key)?.Sources ?? [plan.Key];
        var name = PurchaseMark.WithoutSeats(reduced.FriendlyName, given);
        if (name != reduced.FriendlyName)
        {
            _ = await subscriptions.SetFriendlyNameAsync(plan.CustomerId, reduced, name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CheckNobodyDependsAsync(UndoPlan plan, Subscription target, int seats, CancellationToken cancellationToken)
    {
        var view = new CustomerView(_operation, plan.CustomerId);
        if (await view.SkuIdOfAsync(target.Id, cancellationToken).ConfigureAwait(false) is { } skuId)
        {
            var users = LicensePool.Of(await view.SkusAsync(cancellationToken).ConfigureAwait(false), skuId).UsersToMove(seats);
            if (users > 0)
            {
                throw ErrorCatalog.HoldersRemain.Exception(
                    $"{users} users still depend on {target.OfferName} ({target.Id}), who were not moved to it by this migration.",
                    plan.CustomerId,
                    target.Id,
                    action: "Move them by hand, then run the same line again.");
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

    private sealed class Successor
    {
        public Successor(Subscription? target, TargetOutcome outcome, JournalEntry? written)
        {
            Target = target;
            Outcome = outcome;
            Written = written;
        }

        public Subscription? Target { get; }

        public TargetOutcome Outcome { get; }

        /// <summary>What the journal says of how it was got; null where it says nothing.</summary>
        public JournalEntry? Written { get; }
    }
}
