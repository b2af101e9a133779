using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Users;

namespace CspMigration.Core.Suspension;

/// <summary>The subscription to suspend.</summary>
public sealed class SuspensionRequest
{
    /// <summary>The customer.</summary>
    public string CustomerId { get; set; } = "";

    /// <summary>The same as an id.</summary>
    internal CustomerId Customer => Id<IdKind.Customer>.From(CustomerId);

    /// <summary>The customer's name, where known.</summary>
    public string? CustomerName { get; set; }

    /// <summary>The subscription; null for units of another channel.</summary>
    public string? SubscriptionId { get; set; }

    /// <summary>The target, where known; null or empty elsewhere.</summary>
    public string? TargetSubscriptionId { get; set; }

    /// <summary>The subscription; null for units of another channel.</summary>
    internal SubscriptionId? Id => Id<IdKind.Subscription>.FromOrNull(SubscriptionId);

    /// <summary>The target, where known.</summary>
    internal SubscriptionId? TargetId => Id<IdKind.Subscription>.FromOrNull(TargetSubscriptionId);

    /// <summary>The directory SKU its licenses belong to, where known.</summary>
    public string? SkuId { get; set; }

    /// <summary>The same as an id.</summary>
    internal SkuId? Sku => Id<IdKind.Sku>.FromOrNull(SkuId);

    /// <summary>The offer's name, where the subscription has no id to read it by.</summary>
    public string? OfferName { get; set; }

    /// <summary>Whether the steps before were only planned: they then count as done.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>Whether nothing is to be sent or written down, although the steps before were real.</summary>
    public bool IsPlanOnly { get; set; }

    /// <summary>Whether the step before says that no user depends on it; null where there was no such step.</summary>
    public bool? LicensesMoved { get; set; }

    /// <summary>How many users the step before leaves on it; null where there was no such step, or a saved record does not say.</summary>
    public int? UsersRemaining { get; set; }

    /// <summary>Whom the step before could not move, as far as it says.</summary>
    public IReadOnlyList<UserLicenseMove> NotMoved { get; set; } = [];

    /// <summary>The sources of its SKU whose users the step before has moved together; empty where a saved record does not say.</summary>
    public IReadOnlyList<string> SourcesOfSku { get; set; } = [];

    /// <summary>The same as keys.</summary>
    internal IReadOnlyList<SourceKey> KeysOfSku => [.. SourcesOfSku.Select(SourceKey.FromOrNull).Known()];

    /// <summary>How many seats the target is to be bought with; null where it is not bought again, or a saved record does not say.</summary>
    public int? SeatsToBuy { get; set; }

    /// <summary>What the same plan has ended before: that counts as gone.</summary>
    public PlannedSuspensions? Before { get; set; }

    /// <summary>Whether source and target are one subscription, as after the conversion of a trial.</summary>
    public bool IsItsOwnTarget { get; set; }

    /// <summary>From the step before.</summary>
    public static SuspensionRequest From(LicenseMove move)
    {
        return new SuspensionRequest
        {
            CustomerId = move.CustomerId,
            CustomerName = move.CustomerName,
            SubscriptionId = move.SourceSubscriptionId,
            TargetSubscriptionId = move.TargetSubscriptionId,
            SkuId = move.SourceSkuId,
            OfferName = move.Target?.Source?.OfferName,
            IsPlanned = move.IsPlanned,
            LicensesMoved = move.IsComplete,
            UsersRemaining = move.Remaining,
            SourcesOfSku = move.SourcesOfSku,
            NotMoved = [.. move.Users.Where(user => NotMovedUsers.IsNotMoved(user) && user.Outcome != UserMoveOutcome.Skipped)],
            SeatsToBuy = move.Target is { IsPlanned: true, Outcome: TargetOutcome.Purchased } target ? target.Quantity : null,
            IsItsOwnTarget = AreOne(move.SourceSubscriptionId, move.TargetSubscriptionId),
        };
    }

    /// <summary>Whether two ids name one subscription.</summary>
    public static bool AreOne(string? source, string? target)
    {
        return Id<IdKind.Subscription>.FromOrNull(source).Is(Id<IdKind.Subscription>.FromOrNull(target));
    }
}
