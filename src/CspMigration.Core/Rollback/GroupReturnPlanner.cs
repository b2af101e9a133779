using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>Plans how the licenses of groups go back that a migration has exchanged (docs/rules.md, rule 31): only the journal knows them.</summary>
internal sealed class GroupReturnPlanner
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;

    public GroupReturnPlanner(MigrationOperation operation, CustomerView view)
    {
        _operation = operation;
        _view = view;
    }

    /// <summary>One exchange a group; what others have changed since is left, with a warning.</summary>
    /// <param name="entries">What the journal has of the groups.</param>
    /// <param name="migration">The migration that is rolled back.</param>
    /// <param name="seated">The users who take a seat of the source before the members: each user needs one, however many ways the license comes.</param>
    /// <param name="room">How many of the free seats of the SKU are the source's; null for all of them.</param>
    /// <param name="isShared">Whether a group's members came from another source too, which is still migrated: with the id of the group, and whether that source has another SKU.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The exchanges, the warnings, and all users who take a seat of the source, those given included.</returns>
    /// <exception cref="CspMigrationException"><c>GroupNotSwitched</c>: the source has not enough seats for the members and those who go back before them; or groups cannot be read.</exception>
    public async Task<(IReadOnlyList<GroupReturn> Returns, IReadOnlyList<string> Warnings, IReadOnlyCollection<UserId> Seated)> PlanAsync(
        IEnumerable<GroupEntry> entries, ReturnedMigration migration, IEnumerable<UserId> seated, int? room, Func<GroupId, bool, bool> isShared, CancellationToken cancellationToken)
    {
        var (returns, warnings) = (new List<GroupReturn>(), new List<string>());
        var (source, sourceSku, targetSku) = migration;
        var users = new HashSet<UserId>(seated);
        var switched = entries.Where(entry => entry.FromSkuIds.Contains(sourceSku)).OrderBy(entry => entry.GroupId).ToList();
        if (switched.Count == 0)
        {
            return (returns, warnings, users);
        }

        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            throw NotSwitched(source, switched[0].GroupId!.Value.ToString(), "Partner Center knows no groups.", Remedies.SeeGroups());
        }

        var found = await FindAsync(groups, switched, migration, warnings, cancellationToken).ConfigureAwait(false);
        var free = found.Count == 0 ? 0 : Math.Min(await FreeAsync(source, sourceSku, cancellationToken).ConfigureAwait(false), room ?? int.MaxValue);

        // The members of those that are back already take their seats whatever is planned.
        foreach (var (entry, group) in found.OrderBy(known => !known.Group.Assigns(sourceSku)).ThenBy(known => known.Group.Id))
        {
            // Members who joined since go back too.
            var members = await groups.ListMembersAsync(group.Id, cancellationToken).ConfigureAwait(false);
            var isBack = group.Assigns(sourceSku);
            var withMembers = new HashSet<UserId>(users.Concat(members.Where(member => !member.Holds(sourceSku)).Select(member => member.User.Id)));
            if (!isBack && withMembers.Count > Math.Max(free, users.Count))
            {
                if (isShared(group.Id, false))
                {
                    warnings.Add($"The license of the group {group.Name} ({group.Id}) goes back when the other sources of its members are rolled back too.");
                    continue;
                }

                throw TooFewSeats(source, group, withMembers.Count, Math.Max(0, free));
            }

            users = withMembers;
            var keepsTarget = !entry.ToSkuIds.Contains(targetSku) || isShared(group.Id, true);
            var switchedOff = isBack ? group.SwitchedOffIn(sourceSku) : await SwitchedOffAsync(entry, sourceSku, cancellationToken).ConfigureAwait(false);
            var moved = new HashSet<UserId>(entry.UserIds ?? []);
            var update = new GroupUpdate
            {
                Group = group,
                Members = new HashSet<UserId>(members.Where(member => member.HoldsFrom(group.Id, targetSku) || moved.Contains(member.User.Id)).Select(member => member.User.Id)),
                Assign = isBack ? [] : [new(sourceSku, switchedOff)],
                Remove = keepsTarget ? [] : [targetSku],
                Sources = [source.Id],
                Targets = [sourceSku],
                IsBack = true,
            };
            var setOff = group.Assigns(targetSku) ? group.SwitchedOffIn(targetSku) : SetOffIn(entry, targetSku);
            var exchange = new GroupExchange
            {
                GroupId = group.Id,
                Skus = [new(targetSku, sourceSku)],
                Others = [.. group.SkuIds.Where(skuId => !skuId.Is(sourceSku) && (keepsTarget || !skuId.Is(targetSku)))],
                SwitchedOffBySku = new Dictionary<SkuId, IReadOnlyList<ServicePlanId>>(group.SkuIds.Distinct().ToDictionary(skuId => skuId, group.SwitchedOffIn)) { [targetSku] = setOff, [sourceSku] = switchedOff },
                Sources = update.Sources,
                IsBack = true,
            };
            returns.Add(new GroupReturn(update, exchange, IsMade: isBack && (keepsTarget || !group.Assigns(targetSku))));
        }

        return (returns, warnings, users);
    }

    // The groups that are as the migration left them, or back already.
    private static async Task<List<(GroupEntry Entry, LicenseGroup Group)>> FindAsync(
        GroupLicenses groups, IReadOnlyList<GroupEntry> entries, ReturnedMigration migration, List<string> warnings, CancellationToken cancellationToken)
    {
        var found = new List<(GroupEntry, LicenseGroup)>();
        foreach (var entry in entries)
        {
            var groupId = entry.GroupId!.Value;
            if (await groups.FindAsync(groupId, cancellationToken).ConfigureAwait(false) is not { } group)
            {
                warnings.Add($"The group {groupId}, whose license was switched, is gone or cannot be read: it is left alone.");
            }
            else if (!group.Assigns(migration.SourceSku) && (!group.Assigns(migration.TargetSku) || (entry.ToSkuIds.Contains(migration.TargetSku) && IsChanged(entry, group, migration.TargetSku))))
            {
                warnings.Add($"The licenses of the group {group.Name} ({group.Id}) have been changed by someone else since: it is left alone.");
            }
            else
            {
                found.Add((entry, group));
            }
        }

        return found;
    }

    private static bool IsChanged(GroupEntry entry, LicenseGroup group, SkuId targetSku)
    {
        return !new HashSet<ServicePlanId>(SetOffIn(entry, targetSku)).SetEquals(group.SwitchedOffIn(targetSku));
    }

    private static IReadOnlyList<ServicePlanId> SetOffIn(GroupEntry entry, SkuId targetSku) => entry.PlansSetOffBySku.Of(targetSku) ?? [];

    // A source that is made active again has its seats again.
    private async Task<int> FreeAsync(Subscription source, SkuId sourceSku, CancellationToken cancellationToken)
    {
        return await CustomerFacts.BalanceAsync(_view, sourceSku, cancellationToken).ConfigureAwait(false) + (source.IsActive ? 0 : source.Quantity);
    }

    private async Task<IReadOnlyList<ServicePlanId>> SwitchedOffAsync(GroupEntry entry, SkuId sourceSku, CancellationToken cancellationToken)
    {
        var known = entry.SwitchedOffPlansBySku.Of(sourceSku) ?? [];
        var plans = (await _view.SkuAsync(sourceSku, cancellationToken).ConfigureAwait(false))?.ServicePlans;
        return LicenseReturnPlanner.Listed(known, plans);
    }

    private CspMigrationException TooFewSeats(Subscription source, LicenseGroup group, int users, int free)
    {
        var seats = UserCommands.SetSeats(_view.CustomerId, source.Id, source.Quantity + users - free);
        return NotSwitched(
            source,
            group.Name,
            $"{Enumeration.Count(users, "user", "goes", "go")} back with it or before it, and {source.OfferName} ({source.Id}) will have {Enumeration.Count(free, "free seat")}.",
            source.IsActive ? Remedies.RaiseSeats(seats)
                : Remedies.Continue([UserCommands.Resume(_view.CustomerId, source.Id), seats, UserCommands.RollBack(_view.CustomerId, source.Id)]));
    }

    private CspMigrationException NotSwitched(Subscription source, string group, string problem, Remedy remedy)
    {
        return ErrorCatalog.GroupNotSwitched.Exception($"The license of the group {group} cannot be switched back to {source.OfferName} ({source.Id}). {problem}", _view.CustomerId, source.Id, remedy);
    }
}
