using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>The licences of one directory SKU of a customer that are to go: its sources share one pool.</summary>
internal sealed class LicensePlan
{
    public LicensePlan(string sourceSkuId, IReadOnlyList<TargetSubscription> targets, LicensePool pool, int seatsGoing)
    {
        SourceSkuId = sourceSkuId;
        Targets = targets;
        Expected = pool.Consumed;
        UnitsStaying = pool.UnitsStaying(seatsGoing);
    }

    /// <summary>The directory SKU the licences leave.</summary>
    public string SourceSkuId { get; }

    /// <summary>The rows that draw on the pool.</summary>
    public IReadOnlyList<TargetSubscription> Targets { get; }

    /// <summary>What the journal knows its sources by.</summary>
    public IEnumerable<string> SourceKeys => Targets.Select(SourceEntry.KeyOf).OfType<string>();

    /// <summary>The customer, for messages.</summary>
    public string CustomerName => Targets[0].CustomerName ?? Targets[0].CustomerId;

    /// <summary>What the licences leave, for messages.</summary>
    public string SourceName => string.Join(" and ", Targets.Select(target => target.Source?.OfferName ?? target.SourceSubscriptionId).Distinct());

    /// <summary>What the licences go to, for messages.</summary>
    public string TargetName => Targets[0].OfferName ?? "a successor yet to be bought";

    /// <summary>Users who hold it, as the tenant's units say.</summary>
    public int Expected { get; }

    /// <summary>Units that stay when the sources go: so many users need not be moved.</summary>
    public int UnitsStaying { get; }

    /// <summary>The directory SKU the licences go to; null where a plan does not know it.</summary>
    public string? TargetSkuId => Targets[0].SkuId;

    /// <summary>The users who hold it, by name.</summary>
    public IReadOnlyList<LicenseHolder> Holders { get; private set; } = [];

    /// <summary>Those of them who are to be moved.</summary>
    public IReadOnlyCollection<LicenseHolder> Moving { get; private set; } = [];

    /// <summary>Takes the users read and chooses who is moved: all who depend on the sources, those asked for first.</summary>
    public void Choose(IReadOnlyList<LicenseHolder> users, IReadOnlyList<Wildcard> wanted)
    {
        Holders = [.. users.Where(user => user.Holds(SourceSkuId))];
        Moving = new HashSet<LicenseHolder>(Holders
            .Where(holder => wanted.Count == 0 || wanted.Any(name => IsMeant(holder, name)))
            .Take(System.Math.Max(0, Holders.Count - UnitsStaying)));
    }

    /// <summary>Whether a user is meant by a sign-in name, an id or a pattern.</summary>
    public static bool IsMeant(LicenseHolder holder, Wildcard name) => name.MatchesAny([holder.User.UserPrincipalName, holder.User.Id]);
}
