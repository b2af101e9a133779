using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>The licenses of one directory SKU of a customer that are to go: its sources share one pool.</summary>
internal sealed class SourcePool
{
    private readonly ConcurrentDictionary<UserId, MoveResult> _results = new();
    private int _added;

    public SourcePool(SkuId sourceSkuId, IReadOnlyList<TargetSubscription> targets, HolderCount count)
    {
        SourceSkuId = sourceSkuId;
        Targets = targets;
        Expected = count.Holders;
        UnitsStaying = count.UnitsStaying;
        TargetSkuIds = [.. targets.Select(target => target.TargetSku).Distinct()];
    }

    /// <summary>The directory SKU the licenses leave.</summary>
    public SkuId SourceSkuId { get; }

    /// <summary>The rows that draw on the pool.</summary>
    public IReadOnlyList<TargetSubscription> Targets { get; }

    /// <summary>The directory SKUs the licenses go to, one as a rule; null where a plan does not know it.</summary>
    public IReadOnlyList<SkuId?> TargetSkuIds { get; }

    /// <summary>What the journal knows its sources by.</summary>
    public IEnumerable<SourceKey> SourceKeys => Targets.Select(SourceEntry.KeyOf).Known();

    /// <summary>The customer, for messages.</summary>
    public string CustomerName => Targets[0].CustomerName ?? Targets[0].CustomerId;

    /// <summary>What the licenses leave, for messages.</summary>
    public string SourceName => string.Join(" and ", Targets.Select(target => target.Source?.OfferName ?? target.SourceSubscriptionId).Distinct());

    /// <summary>What the licenses go to, for messages.</summary>
    public string TargetName => string.Join(" and ", Targets.Select(target => target.OfferName ?? "a target yet to be bought").Distinct());

    /// <summary>Users who hold it, as the tenant's units say.</summary>
    public int Expected { get; }

    /// <summary>The same, or as many as were found where those are more. Who was not found cannot be moved, and holds it all the same.</summary>
    public int NumberOfHolders => Math.Max(Expected, Holders.Count - _added) + _added;

    /// <summary>Units that stay when the sources go: so many users need not be moved.</summary>
    public int UnitsStaying { get; }

    /// <summary>The users who hold it, by name.</summary>
    public IReadOnlyList<LicenseHolder> Holders { get; private set; } = [];

    /// <summary>Those of them who may be moved, in the order in which they are tried: who is known to be refused comes last.</summary>
    public IReadOnlyList<LicenseHolder> Candidates { get; private set; } = [];

    /// <summary>How many of them have to be moved: all who depend on the sources.</summary>
    public int Needed => Math.Max(0, NumberOfHolders - UnitsStaying);

    /// <summary>How many depend on the sources still.</summary>
    public int Remaining => Math.Max(0, Needed + Arrived - _results.Values.Count(result => result.IsOffSource));

    /// <summary>How many users have come to it meanwhile, where it is itself what users of another pool are moved to.</summary>
    public int Arrived { get; set; }

    /// <summary>Takes the users read and chooses who may be moved: all, or those asked for.</summary>
    /// <param name="users">The users.</param>
    /// <param name="wanted">Those asked for; empty for all.</param>
    /// <param name="givesUsageLocation">Whether users without a usage location are given one.</param>
    public void Choose(IReadOnlyList<LicenseHolder> users, IReadOnlyList<Wildcard> wanted, bool givesUsageLocation)
    {
        _added = 0;
        Holders = [.. users.Where(user => user.Holds(SourceSkuId))];
        Candidates = [.. Holders
            .Where(holder => wanted.Count == 0 || wanted.Any(name => IsMeant(holder, name)))
            .OrderBy(holder => holder.IsGroupHeld(SourceSkuId) || (holder.User.UsageLocation is null && !givesUsageLocation))];
    }

    /// <summary>Adds a user who came to hold it after the units were counted, and how their move ended.</summary>
    public void Add(LicenseHolder holder, MoveResult result)
    {
        if (!Holders.Any(other => other.User.Id.Is(holder.User.Id)))
        {
            Holders = [.. Holders, holder];
            _added++;
        }

        Record(holder, result);
    }

    /// <summary>Takes over a user as read again meanwhile, whose turn is still to come.</summary>
    public void Replace(LicenseHolder holder)
    {
        Holders = [.. Holders.Select(Current)];
        Candidates = [.. Candidates.Select(Current)];

        LicenseHolder Current(LicenseHolder other) => other.User.Id.Is(holder.User.Id) ? holder : other;
    }

    /// <summary>The sources whose users go to one of the SKUs, as the journal knows them.</summary>
    public IEnumerable<SourceKey> SourceKeysOf(SkuId? targetSkuId) => Targets.Where(target => IsSameOrUnknown(target.TargetSku, targetSkuId)).Select(SourceEntry.KeyOf).Known();

    /// <summary>The seats of those sources.</summary>
    public int SeatsOf(SkuId targetSkuId) => Targets.Where(target => target.TargetSku.Is(targetSkuId)).Sum(target => target.Source?.Quantity ?? target.Quantity);

    /// <summary>Keeps how a user's move ended.</summary>
    public void Record(LicenseHolder holder, MoveResult result) => _results[holder.User.Id] = result;

    /// <summary>How many users have been moved to a directory SKU.</summary>
    public int CountMovedTo(SkuId skuId) => _results.Values.Count(result => result.Outcome == UserMoveOutcome.Moved && result.TargetSkuId.Is(skuId));

    /// <summary>How a user's move ended; null where it was not tried.</summary>
    public MoveResult? ResultOf(LicenseHolder holder) => _results.TryGetValue(holder.User.Id, out var result) ? result : null;

    /// <summary>How many more users have to be tried, so that as many are moved as have to be. Where seats are missing, trying others is no use.</summary>
    public int MissingTries() => Math.Max(0, Needed + Arrived - _results.Values.Count(result => result.IsOffSource || result.IsSeatMissing));

    /// <summary>Whether a user is meant by a sign-in name, an id or a pattern.</summary>
    public static bool IsMeant(LicenseHolder holder, Wildcard name) => name.MatchesAny([holder.User.UserPrincipalName, holder.User.Id.ToString()]);

    internal static bool IsSameOrUnknown(SkuId? one, SkuId? other) => one is null ? other is null : one.Is(other);
}
