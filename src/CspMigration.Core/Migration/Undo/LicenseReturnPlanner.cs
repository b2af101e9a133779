using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration.Undo;

/// <summary>Plans how the licences of a migration go back: whose, and with which service plans switched off.</summary>
internal sealed class LicenseReturnPlanner
{
    private readonly MigrationOperation _operation;

    public LicenseReturnPlanner(MigrationOperation operation) => _operation = operation;

    /// <summary>One update a user who still holds the successor, and what the user should know before.</summary>
    public async Task<(IReadOnlyList<LicenseUpdate> Updates, string? Warning)> PlanAsync(
        CustomerView view,
        UndoRequest request,
        MovedUsers moved,
        Subscription source,
        UndoneSuccessor successor,
        CancellationToken cancellationToken)
    {
        var target = successor.Target!;
        var sourceSku = await view.RequireSkuIdOfAsync(source, cancellationToken).ConfigureAwait(false);
        var targetSku = await view.RequireSkuIdOfAsync(target, cancellationToken).ConfigureAwait(false);
        if (CustomerView.Same(sourceSku, targetSku))
        {
            return ([], null);
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var subscriptions = await view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var (holders, warning) = await FindMovedAsync(view, request, moved, successor, targetSku, cancellationToken).ConfigureAwait(false);
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

    // Those the journal or the record names; with neither, all who depend on the successor, unless they have been moved back before.
    private async Task<(IReadOnlyList<LicenseHolder> Holders, string? Warning)> FindMovedAsync(
        CustomerView view,
        UndoRequest request,
        MovedUsers moved,
        UndoneSuccessor successor,
        string targetSku,
        CancellationToken cancellationToken)
    {
        var named = moved.UserIds.Count > 0 ? moved.UserIds.ToList()
            : request.Move is { } move ? [.. move.Users.Where(user => user.Outcome is UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved).Select(user => user.UserId)]
            : successor.IsReturned ? [] : (IReadOnlyList<string>?)null;
        if (named is not null)
        {
            var read = new ConcurrentBag<LicenseHolder>();
            var gone = new ConcurrentBag<User>();
            await Concurrently.ForEachAsync(
                named,
                UndoStep.UsersAtOnce,
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
            return ([.. read.Where(holder => holder.Holds(targetSku)).OrderBy(holder => holder.User.Id, StringComparer.Ordinal)], DeletedUsers.WarningOf(gone));
        }

        var seatsGoing = successor.Target is { IsActive: true } target ? CustomerFacts.SeatsOf(view, target) : 0;
        var count = await HolderCount.ReadAsync(view, targetSku, seatsGoing, cancellationToken).ConfigureAwait(false);
        var expected = new Dictionary<string, int> { [targetSku] = count.Holders };
        var users = await new HolderSearch(_operation, UndoStep.UsersAtOnce).FindAsync(view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        return ([.. users.Where(user => user.Holds(targetSku)).Take(count.Dependent)], null);
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
}
