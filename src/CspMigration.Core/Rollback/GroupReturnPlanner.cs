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
    /// <param name="source">The source.</param>
    /// <param name="sourceSku">Its directory SKU.</param>
    /// <param name="targetSku">The directory SKU of the target.</param>
    /// <param name="seated">The users who take a seat of the source before the members: each user needs one, however many ways the license comes.</param>
    /// <param name="isShared">Whether a group's members came from another source too, which is still migrated: with the id of the group, and whether that source has another SKU.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The exchanges, the warnings, and all users who take a seat of the source, those given included.</returns>
    /// <exception cref="CspMigrationException"><c>GroupNotSwitched</c>: the source has not enough seats for the members; or groups cannot be read.</exception>
    public async Task<(IReadOnlyList<GroupReturn> Returns, IReadOnlyList<string> Warnings, IReadOnlyCollection<UserId> Seated)> PlanAsync(
        IEnumerable<GroupEntry> entries,
        Subscription source,
        SkuId sourceSku,
        SkuId targetSku,
        IEnumerable<UserId> seated,
        Func<GroupId, bool, bool> isShared,
        CancellationToken cancellationToken)
    {
        var (returns, warnings) = (new List<GroupReturn>(), new List<string>());
        var users = new HashSet<UserId>(seated);
        foreach (var entry in entries.Where(entry => entry.FromSkuIds.Contains(sourceSku)).OrderBy(entry => entry.GroupId))
        {
            var groupId = entry.GroupId!.Value;
            var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
            if (service.Groups is not { } groups)
            {
                throw NotSwitched(source, groupId.ToString(), "Partner Center knows no groups.", Remedies.SeeGroups());
            }

            if (await groups.FindAsync(groupId, cancellationToken).ConfigureAwait(false) is not { } group)
            {
                warnings.Add($"The group {groupId}, whose license was switched, is gone or cannot be read: it is left alone.");
                continue;
            }

            var isSent = entry.ToSkuIds.Contains(targetSku);
            var isBack = group.Assigns(sourceSku);
            if (!isBack && (!group.Assigns(targetSku) || (isSent && IsChanged(entry, group, targetSku))))
            {
                warnings.Add($"The licenses of the group {group.Name} ({group.Id}) have been changed by someone else since: it is left alone.");
                continue;
            }

            // Members who joined since go back too.
            var members = await groups.ListMembersAsync(groupId, cancellationToken).ConfigureAwait(false);
            var withMembers = new HashSet<UserId>(users.Concat(members.Where(member => !member.Holds(sourceSku)).Select(member => member.User.Id)));
            var free = await FreeAsync(source, sourceSku, cancellationToken).ConfigureAwait(false);
            if (!isBack && withMembers.Count > free)
            {
                if (isShared(group.Id, false))
                {
                    warnings.Add($"The license of the group {group.Name} ({group.Id}) goes back when the other sources of its members are rolled back too.");
                    continue;
                }

                throw NotSwitched(source, group.Name, $"{Enumeration.Count(withMembers.Count, "user", "goes", "go")} back with it or before it, and {source.OfferName} ({source.Id}) will have {Enumeration.Count(Math.Max(0, free), "free seat")}.", Remedies.BuyOrFreeSeats());
            }

            users = withMembers;
            var keepsTarget = !isSent || isShared(group.Id, true);
            var switchedOff = isBack ? group.SwitchedOffIn(sourceSku) : await SwitchedOffAsync(entry, sourceSku, cancellationToken).ConfigureAwait(false);
            var update = new GroupUpdate
            {
                Group = group,
                Members = members.Count(member => member.HoldsFrom(group.Id, targetSku)),
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
            returns.Add(new GroupReturn(update, sourceSku, switchedOff, exchange, IsMade: isBack && (keepsTarget || !group.Assigns(targetSku))));
        }

        return (returns, warnings, users);
    }

    private static bool IsChanged(GroupEntry entry, LicenseGroup group, SkuId targetSku)
    {
        return !new HashSet<ServicePlanId>(SetOffIn(entry, targetSku)).SetEquals(group.SwitchedOffIn(targetSku));
    }

    private static IReadOnlyList<ServicePlanId> SetOffIn(GroupEntry entry, SkuId targetSku) => entry.PlansSetOffBySku?.FirstOrDefault(plans => plans.Key.Is(targetSku)).Value ?? [];

    // A source that is made active again has its seats again.
    private async Task<int> FreeAsync(Subscription source, SkuId sourceSku, CancellationToken cancellationToken)
    {
        return await CustomerFacts.BalanceAsync(_view, sourceSku, cancellationToken).ConfigureAwait(false) + (source.IsActive ? 0 : source.Quantity);
    }

    private async Task<IReadOnlyList<ServicePlanId>> SwitchedOffAsync(GroupEntry entry, SkuId sourceSku, CancellationToken cancellationToken)
    {
        var known = entry.SwitchedOffPlansBySku?.FirstOrDefault(plans => plans.Key.Is(sourceSku)).Value ?? [];
        var plans = (await _view.SkuAsync(sourceSku, cancellationToken).ConfigureAwait(false))?.ServicePlans;
        return LicenseReturnPlanner.Listed(known, plans);
    }

    private CspMigrationException NotSwitched(Subscription source, string group, string problem, Remedy remedy)
    {
        return ErrorCatalog.GroupNotSwitched.Exception($"The license of the group {group} cannot be switched back to {source.OfferName} ({source.Id}). {problem}", _view.CustomerId, source.Id, remedy);
    }
}
