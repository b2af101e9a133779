using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Planning;

/// <summary>What is checked of the users who are to be moved; buying does not depend on it.</summary>
internal sealed class UserChecks
{
    private const int UsersAtOnce = 32;

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly GroupLicenseChoice _groupLicense;

    public UserChecks(MigrationOperation operation, CustomerView view, GroupLicenseChoice groupLicense)
    {
        _groupLicense = groupLicense;
        _operation = operation;
        _view = view;
    }

    /// <summary>Notes with a source who will be left behind, and what only moving the users can tell.</summary>
    public async Task RecordAsync(MigrationCase source, Purchase? purchase, CancellationToken cancellationToken)
    {
        if (purchase is { IsInPlace: true })
        {
            source.Record(ReadinessRule.Users, Finding.Pass("The service moves the licenses; those it leaves behind are moved by the module."));
            return;
        }

        if (purchase is not { Method.MovesUsers: true } || source.SkuId.Is(purchase.Offer.Sku))
        {
            source.Record(ReadinessRule.Users, Finding.NotApplicable("No user's license has to change."));
            return;
        }

        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var expected = new Dictionary<SkuId, int> { [source.SkuId] = LicensePool.OfListed(skus, source.SkuId).Consumed };
        var users = await new HolderSearch(_operation, UsersAtOnce).FindAsync(_view.CustomerId, expected, cancellationToken).ConfigureAwait(false);
        var holders = users.Where(user => user.Holds(source.SkuId)).ToList();
        var together = purchase.Cases.Where(other => other.SkuId.Is(source.SkuId)).Select(other => other.Key).ToList();
        var toMove = await CustomerFacts.UsersToMoveAsync(_view, source.SkuId, together, cancellationToken).ConfigureAwait(false);
        source.Record(ReadinessRule.Users, CheckWhoStays(holders, toMove, purchase, LicensePool.Of(skus, purchase.Offer.Sku)));
        if (toMove > 0)
        {
            source.Record(ReadinessRule.GroupLicenses, await CheckGroupsAsync(source.SkuId, holders, toMove, cancellationToken).ConfigureAwait(false));
            RecordServicePlans(source, purchase, holders);
        }
    }

    private static Finding CheckWhoStays(List<LicenseHolder> holders, int toMove, Purchase purchase, LicensePool pool)
    {
        var withoutLocation = holders.Where(holder => holder.User.UsageLocation is null).Select(holder => holder.User.Name).ToList();
        if (withoutLocation.Count > 0 && holders.Count - withoutLocation.Count < toMove)
        {
            return Finding.Warn(
                $"No usage location: {Enumeration.OfSome(withoutLocation)}. They will not be moved, and the source will stay active.",
                Remedies.SetLocations(),
                ErrorCatalog.HoldersRemain.Id);
        }

        if (holders.Count < toMove)
        {
            return Finding.Warn(
                $"{Enumeration.Count(toMove, "user", "is", "are")} to be moved, and the service shows {holders.Count} of them: the others stay, and the source stays active.",
                Remedies.FindUsers(),
                ErrorCatalog.HoldersRemain.Id);
        }

        if (!pool.IsKnown)
        {
            return Finding.Unknown("The service does not say how many seats of the target are free.", ErrorCatalog.HoldersUnknown);
        }

        var free = pool.Balance + purchase.Method.SeatsToCome(purchase.Quantity);
        return toMove > free && purchase.Outcome != TargetOutcome.Resumed
            ? Finding.Warn(
                $"{Enumeration.Count(toMove, "user", "is", "are")} to be moved, and {Enumeration.Count(Math.Max(0, free), "seat")} will be free: the others stay, and the source stays active.",
                ErrorCatalog.TooFewSeats.Remedy,
                ErrorCatalog.HoldersRemain.Id)
            : Finding.Pass($"{Enumeration.Count(holders.Count, "user", "holds", "hold")} it{DisabledText(holders.Count(holder => holder.IsEnabled == false))}.");
    }

    // A disabled account keeps its license, and is moved like the others.
    private static string DisabledText(int disabled) => disabled == 0 ? "" : $", {disabled} of them with a disabled account";

    // Through Partner Center, a license does not say that it comes from a group.
    private async Task<Finding> CheckGroupsAsync(SkuId skuId, List<LicenseHolder> holders, int toMove, CancellationToken cancellationToken)
    {
        if (holders.Exists(holder => holder.GroupsOf(skuId) is null))
        {
            return Finding.Unknown(
                "Whether a license comes from a group, and so cannot be taken from its user, shows only when it is moved.", ErrorCatalog.HoldersRemain);
        }

        var held = holders.FindAll(holder => holder.IsGroupHeld(skuId));
        if (held.Count == 0)
        {
            return Finding.Pass("No user's license comes from a group.");
        }

        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        var (groups, obstacles) = (new List<string>(), new List<GroupObstacle>());
        foreach (var ofGroup in held.SelectMany(holder => holder.GroupsOf(skuId)!).GroupBy(id => id))
        {
            var group = await service.Groups!.FindAsync(ofGroup.Key, cancellationToken).ConfigureAwait(false);
            groups.Add($"{group?.Name ?? ofGroup.Key.ToString()} ({ofGroup.Count()})");
            if (_groupLicense == GroupLicenseChoice.Switch && await FindObstacleAsync(service.Groups, ofGroup.Key, group, cancellationToken).ConfigureAwait(false) is { } obstacle)
            {
                obstacles.Add(obstacle with { Problem = $"{group?.Name ?? ofGroup.Key.ToString()}: {obstacle.Problem}" });
            }
        }

        var have = $"{Enumeration.Count(held.Count, "user", "has", "have")} the license from a group";
        if (_groupLicense == GroupLicenseChoice.Switch)
        {
            return obstacles.Count > 0 ? Finding.Warn($"Not every group can be switched, so its users will not be moved, and the source will stay active. {string.Join(" ", obstacles.Select(obstacle => obstacle.Problem))}", obstacles[0].Remedy, ErrorCatalog.GroupNotSwitched.Id)
                : held.Count > toMove ? Finding.Warn($"{have} ({Enumeration.OfSome(groups)}), and only {toMove} have to leave it: other subscriptions have seats for the others.", Remedies.ChangeGroup(), ErrorCatalog.GroupNotSwitched.Id)
                : Finding.Pass($"{have}, whose license is switched: {Enumeration.OfSome(groups)}.");
        }

        var text = $"{have}, which only a change of the group takes away: {Enumeration.OfSome(groups)}.";
        return holders.Count - held.Count >= toMove
            ? Finding.Pass($"{text} The seats that stay suffice for them.")
            : Finding.Warn($"{text} They will not be moved, and the source will stay active.", Remedies.ChangeGroup(), ErrorCatalog.HoldersRemain.Id);
    }

    private static async Task<GroupObstacle?> FindObstacleAsync(GroupLicenses groups, GroupId groupId, LicenseGroup? group, CancellationToken cancellationToken)
    {
        return group is null || await groups.FindMembersAsync(groupId, cancellationToken).ConfigureAwait(false) is not { } members ? GroupObstacle.Unreadable
            : GroupChecks.FindObstacle(group, members, givesUsageLocation: false);
    }

    // Nor does a service plan say which others it excludes.
    private static void RecordServicePlans(MigrationCase source, Purchase purchase, List<LicenseHolder> holders)
    {
        var known = purchase.Cases.Select(other => other.SkuId).Concat(purchase.Offer.Sku is { } target ? [target] : []).ToList();
        var withOthers = holders.Count(holder => holder.HoldsOtherThan(known));
        if (withOthers > 0)
        {
            source.Record(ReadinessRule.ServicePlans, Finding.Unknown(
                $"{withOthers} of {Enumeration.Count(holders.Count, "user", "holds", "hold")} other licenses too: whether those go with the target's service plans shows only when it is assigned.",
                ErrorCatalog.HoldersRemain));
        }
    }
}
