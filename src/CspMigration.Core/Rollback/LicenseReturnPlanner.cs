using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Plans how the licenses of a migration go back: whose, and with which service plans switched off.</summary>
internal sealed class LicenseReturnPlanner
{
    private readonly MigrationOperation _operation;

    public LicenseReturnPlanner(MigrationOperation operation) => _operation = operation;

    /// <summary>One update a user who still holds the target, and what the user should know before.</summary>
    /// <exception cref="CspMigrationException"><c>HoldersUnknown</c>: it is unknown which of the users came from the source.</exception>
    public async Task<LicenseReturn> PlanAsync(
        CustomerView view, UndoRequest request, Subscription source, AcquiredTarget acquired, CancellationToken cancellationToken)
    {
        var moved = request.Moved!.Of(view.CustomerId, source.Id);
        var target = acquired.Target!;
        var sourceSku = await view.RequireSkuIdOfAsync(source, cancellationToken).ConfigureAwait(false);

        // Of what is deleted only the journal knows the users: they may sit on other seats of its SKU.
        var targetOfMove = target.IsDeleted ? moved.TargetSkuId : await view.RequireSkuIdOfAsync(target, cancellationToken).ConfigureAwait(false);
        if (targetOfMove is not { } targetSku || sourceSku.Is(targetSku))
        {
            return LicenseReturn.None;
        }

        var skus = await view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var others = await SkusOfAsync(view, acquired.Others.Where(other => other.HasUsersOnTarget), cancellationToken).ConfigureAwait(false);
        var isMixed = others.Any(other => !other.SkuId.Is(sourceSku));
        var named = Named(request, moved, acquired) ?? ((isMixed || IsOwn(acquired)) && acquired.Written is not null ? [] : null);
        if (named is null && isMixed)
        {
            throw ErrorCatalog.HoldersUnknown.Exception(
                $"{target.OfferName} ({target.Id}) is also the target of {Enumeration.OfSome(others.Select(other => other.Source.Name))}; without the journal, it is unknown which of its users came from {source.OfferName} ({source.Id}).",
                view.CustomerId,
                source.Id,
                Remedies.FindJournal(UserCommands.Resume(view.CustomerId, source.Id), UserCommands.Move(view.CustomerId, target.Id, source.Id, location: null)));
        }

        var (holders, unread, gone) = named is null
            ? (await FindDependentAsync(view, request, source, acquired, targetSku, cancellationToken).ConfigureAwait(false), [], [])
            : await ReadAsync(view, request, named, targetSku, cancellationToken).ConfigureAwait(false);
        var isShared = others.Any(other => other.SkuId.Is(sourceSku));
        var room = await RoomAsync(view, source, sourceSku, isShared, cancellationToken).ConfigureAwait(false);
        var direct = holders.Where(holder => holder.HoldsDirectly(targetSku) && !holder.Holds(sourceSku)).Select(holder => holder.User.Id).Take(room ?? int.MaxValue);
        var (groups, warnings, seated) = await new GroupReturnPlanner(_operation, view).PlanAsync(
            moved.Groups,
            new ReturnedMigration(source, sourceSku, targetSku),
            direct,
            room,
            (groupId, fromOtherSku) => request.Moved!.IsGroupOfAnother(view.CustomerId, source.Id, groupId, sourceSku, targetSku, fromOtherSku),
            cancellationToken).ConfigureAwait(false);
        var sourcePlans = skus.FirstOrDefault(sku => sku.SkuId.Is(sourceSku))?.ServicePlans;
        var targetPlans = skus.FirstOrDefault(sku => sku.SkuId.Is(targetSku))?.ServicePlans ?? [];
        var goingBack = holders

            // Who holds both got the old license back, or never lost it: from a group that the service did not show.
            .Where(holder => !holder.Holds(sourceSku) || (holder.GroupsOf(sourceSku) is null && moved.Of(holder.User.Id) is not null))
            .Where(holder => holder.HoldsDirectly(targetSku) || !groups.Any(group => holder.HoldsFrom(group.Group.Id, targetSku)))
            .ToLookup(holder => seated.Contains(holder.User.Id));
        var seatsLeft = room is { } seats ? Math.Max(0, seats - seated.Count) : int.MaxValue;
        var withoutSeat = goingBack[false].Skip(seatsLeft).Count();
        var updates = goingBack[true].Concat(goingBack[false].Take(seatsLeft))
            .Select(holder => new LicenseUpdate
            {
                Holder = holder,
                AssignsDirectly = true,
                Assign = [new(sourceSku, SwitchedOff(holder, moved, request.Move, sourceSku, targetSku, sourcePlans, targetPlans))],

                // Who came from another source with a target of this SKU too keeps it while that source is still migrated.
                Remove = request.Moved!.SkusLostToOthers(view.CustomerId, source.Id, holder.User.Id, targetSku).Any(skuId => !skuId.Is(sourceSku) && !holder.Holds(skuId)) ? [] : [targetSku],
                Sources = [source.Id],
                IsBack = true,
            });

        // Those of a source with the same target go back with that one.
        var ofSeats = isShared || withoutSeat == 0 ? null
            : $"{Enumeration.Count(withoutSeat, "user")} cannot go back: {source.OfferName} ({source.Id}) has no seat for them, and the other seats of its SKU belong to other sources.";
        var warning = string.Join(" ", warnings.Append(ofSeats).Append(DeletedUsers.WarningOf(gone)).OfType<string>());
        return new LicenseReturn { Updates = [.. updates], Groups = groups, Unread = unread, Warning = warning.Length == 0 ? null : warning };
    }

    // Those the journal or the record names. Null with neither: then all who depend on the target, unless they have been moved back before.
    private static List<UserId>? Named(UndoRequest request, MovedUsers moved, AcquiredTarget acquired)
    {
        if (moved.UserIds.Count > 0 || moved.Groups.Count > 0)
        {
            return [.. moved.UserIds];
        }

        // Who had the target without the old license before the migration may have had it all along, where it was the customer's own.
        var recorded = request.Move?.Users.Where(user => user.Outcome == UserMoveOutcome.Moved || (user.Outcome == UserMoveOutcome.AlreadyMoved && !IsOwn(acquired))).Select(user => user.User).Known().ToList();

        // The users of sources that were moved as one are listed with the first of them.
        var isListedElsewhere = request.Move?.Target?.Outcome == TargetOutcome.Covered;
        return recorded is { Count: > 0 } ? recorded
            : acquired.IsReturned || (recorded is not null && !isListedElsewhere) ? []
            : null;
    }

    // What was the customer's own has users of its own: who of them was moved there, only a record tells.
    private static bool IsOwn(AcquiredTarget acquired) => acquired.Outcome is TargetOutcome.Reused or TargetOutcome.Resized or TargetOutcome.Reactivated;

    private async Task<(IReadOnlyList<LicenseHolder> Holders, IReadOnlyList<User> Unread, IReadOnlyList<User> Gone)> ReadAsync(
        CustomerView view, UndoRequest request, IReadOnlyList<UserId> named, SkuId targetSku, CancellationToken cancellationToken)
    {
        var read = new ConcurrentBag<LicenseHolder>();
        var unread = new ConcurrentBag<User>();
        var gone = new ConcurrentBag<User>();
        var tally = new RefusalTally();
        var service = await LicenseServices.OfAsync(_operation, view.CustomerId, cancellationToken).ConfigureAwait(false);
        var users = named.Select(id => User.Named(id, request.Move?.Users.FirstOrDefault(user => user.User.Is(id))?.UserPrincipalName)).ToList();
        var progress = HolderSearch.CountOf(_operation);
        progress.Expect(users.Count);
        await Concurrently.ForEachAsync(Batches.Of(users, service.BatchSize), UndoStep.UsersAtOnce, ReadAsync, cancellationToken).ConfigureAwait(false);
        return ([.. read.Where(holder => holder.Holds(targetSku)).OrderBy(holder => holder.User.Id.ToString(), StringComparer.Ordinal)], [.. unread], [.. gone]);

        async Task ReadAsync(IReadOnlyList<User> batch, CancellationToken token)
        {
            var readings = await service.ReadAsync(batch, token).ConfigureAwait(false);
            foreach (var (user, reading) in batch.Zip(readings, (user, reading) => (user, reading)))
            {
                progress.Advance();
                if (reading.Error is { } error)
                {
                    if (tally.IsOfCustomer())
                    {
                        throw error;
                    }

                    _operation.Observer.Verbose($"The licenses of {user.Name} could not be read: {error.Problem}");
                    unread.Add(user);
                    continue;
                }

                tally.Succeed();
                if (reading.Holder is { } holder)
                {
                    read.Add(holder);
                }
                else
                {
                    gone.Add(user);
                }
            }
        }
    }

    // All who depend on it but those who are known to have come from another source, which may have a target of its own of that SKU.
    private async Task<IReadOnlyList<LicenseHolder>> FindDependentAsync(
        CustomerView view, UndoRequest request, Subscription source, AcquiredTarget acquired, SkuId targetSku, CancellationToken cancellationToken)
    {
        var target = acquired.Target!;
        var seatsGoing = target.IsActive ? CustomerFacts.SeatsOf(view, target) : 0;
        var count = await HolderCount.ReadAsync(view, targetSku, seatsGoing, cancellationToken).ConfigureAwait(false);
        var expected = new Dictionary<SkuId, int> { [targetSku] = count.Holders };
        var users = await new HolderSearch(_operation, UndoStep.UsersAtOnce).FindAsync(view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        return [.. users.Where(user => user.Holds(targetSku) && !request.Moved!.IsOfAnother(view.CustomerId, source.Id, user.User.Id, targetSku)).Take(count.Dependent)];
    }

    // Units of one SKU are pooled: while another source of it is still migrated, no more go back than this one has room for. The
    // seats of one that only expires are not this one's.
    private static async Task<int?> RoomAsync(CustomerView view, Subscription source, SkuId sourceSku, bool isShared, CancellationToken cancellationToken)
    {
        var seatsOfOthers = await CustomerFacts.SeatsMigratedAsync(view, sourceSku, source.Id, cancellationToken).ConfigureAwait(false);
        if (seatsOfOthers is null && !isShared)
        {
            return null;
        }

        var balance = await CustomerFacts.BalanceAsync(view, sourceSku, cancellationToken).ConfigureAwait(false);
        return Math.Max(0, Math.Min(source.Quantity, balance - (seatsOfOthers ?? 0) + (source.IsActive ? 0 : source.Quantity)));
    }

    private static async Task<IReadOnlyList<(RelyingSource Source, SkuId SkuId)>> SkusOfAsync(
        CustomerView view, IEnumerable<RelyingSource> others, CancellationToken cancellationToken)
    {
        var skus = new List<(RelyingSource, SkuId)>();
        foreach (var other in others)
        {
            // Another channel's units are known by their SKU itself.
            skus.Add((other, other.Subscription is { } subscription ? await view.RequireSkuIdOfAsync(subscription, cancellationToken).ConfigureAwait(false) : other.Id.ToSkuId()));
        }

        return skus;
    }

    // As the journal wrote them down; else by what is off in the target's license and what the record says was lost.
    private static IReadOnlyList<ServicePlanId> SwitchedOff(
        LicenseHolder holder,
        MovedUsers moved,
        LicenseMove? move,
        SkuId sourceSku,
        SkuId targetSku,
        IReadOnlyList<ServicePlan>? sourcePlans,
        IReadOnlyList<ServicePlan> targetPlans)
    {
        var user = move?.Users.FirstOrDefault(candidate => candidate.User.Is(holder.User.Id));
        if ((moved.Of(holder.User.Id) is { } entry ? SwitchedOff(entry, sourceSku) : user?.SwitchedOffPlans?.Select(ServicePlanId.FromOrNull).Known().ToList()) is { } known)
        {
            // Where the service does not list the SKU, and so not its plans, the journal's word has to do.
            return Listed(known, sourcePlans);
        }

        var offInTarget = user is null
            ? (holder.LicenseOf(targetSku)?.ServicePlans ?? []).Where(plan => plan.IsSwitchedOff).ToList()
            : targetPlans.Where(plan => plan.Id is { } id && user.ExcludedPlans.Contains(id.ToString(), StringComparer.OrdinalIgnoreCase)).ToList();
        return [.. (sourcePlans ?? [])
            .Where(plan => plan.Id is not null && (offInTarget.Exists(off => off.Id.Is(plan.Id) || ServiceWord.Is(off.ServiceName, plan.ServiceName))
                || (user?.LostPlans ?? []).Contains(plan.ServiceName, StringComparer.OrdinalIgnoreCase)))
            .Select(plan => plan.Id).Known()];
    }

    /// <summary>Those of some service plans that the service lists; all of them where it lists none of the SKU.</summary>
    internal static IReadOnlyList<ServicePlanId> Listed(IReadOnlyList<ServicePlanId> known, IReadOnlyList<ServicePlan>? plans)
    {
        return plans is null ? known : [.. known.Where(id => plans.Any(plan => plan.Id.Is(id)))];
    }

    private static IReadOnlyList<ServicePlanId> SwitchedOff(LicenseEntry entry, SkuId sourceSku)
    {
        return entry.SwitchedOffPlansBySku.Of(sourceSku) ?? entry.SwitchedOffPlans ?? [];
    }
}
