using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.State;

namespace CspMigration.Simulation.Oracle;

/// <summary>A license as it truly is.</summary>
internal sealed record LicenseState(string SkuId, string PlansOff, bool IsByGroup);

/// <summary>A user as they truly are.</summary>
internal sealed record UserState(string Id, string Name, bool HasLocation, bool IsDeleted, IReadOnlyList<LicenseState> Licenses)
{
    public LicenseState? License(string skuId) => Licenses.FirstOrDefault(license => license.SkuId == skuId);

    public bool Holds(string skuId) => License(skuId) is not null;
}

/// <summary>A subscription as it truly is.</summary>
internal sealed record SubscriptionState
{
    public required string Id { get; init; }

    public required string OfferId { get; init; }

    public required string OfferName { get; init; }

    public required string Name { get; init; }

    public required string SkuId { get; init; }

    public required int Quantity { get; init; }

    /// <summary>The seats that have arrived.</summary>
    public required int Seats { get; init; }

    public required SubscriptionStatus Status { get; init; }

    public required bool Renews { get; init; }

    /// <summary>New commerce: whether it is canceled at the end of its term.</summary>
    public bool IsCanceledAtEnd { get; init; }

    public required int? NextQuantity { get; init; }

    public required bool IsTrial { get; init; }

    public required bool IsNewCommerce { get; init; }

    public required bool IsAssignable { get; init; }

    public required string Term { get; init; }

    public required DateTimeOffset End { get; init; }

    public required DateTimeOffset CancelableUntil { get; init; }

    public required string? ParentId { get; init; }

    public required string Reseller { get; init; }

    public bool IsActive => Status == SubscriptionStatus.Active;

    /// <summary>Whether its users can work: new commerce lets them for some days after the end.</summary>
    public bool IsInService => IsActive || (Status == SubscriptionStatus.Expired && IsNewCommerce);
}

/// <summary>A customer as it truly is at one moment, not as the service lists it.</summary>
internal sealed class CustomerState
{
    private readonly Dictionary<string, int> _foreign = new(StringComparer.Ordinal);

    private CustomerState(string id, DateTimeOffset at, IReadOnlyList<SubscriptionState> subscriptions, IReadOnlyList<UserState> users)
    {
        Id = id;
        At = at;
        Subscriptions = subscriptions;
        Users = users;
    }

    public string Id { get; }

    public DateTimeOffset At { get; }

    public IReadOnlyList<SubscriptionState> Subscriptions { get; }

    public IReadOnlyList<UserState> Users { get; }

    /// <summary>The directory SKUs there are units or holders of.</summary>
    public IEnumerable<string> Skus => Subscriptions.Select(subscription => subscription.SkuId)
        .Concat(_foreign.Keys).Concat(Users.SelectMany(user => user.Licenses).Select(license => license.SkuId)).Distinct();

    public static CustomerState Of(Customer customer, DateTimeOffset now)
    {
        var account = customer.Open(now);
        var state = new CustomerState(
            customer.Id,
            now,
            [.. account.Subscriptions.Select(subscription => new SubscriptionState
            {
                Id = subscription.Id,
                OfferId = subscription.OfferId,
                OfferName = subscription.OfferName,
                Name = subscription.FriendlyName,
                SkuId = subscription.Sku.Id,
                Quantity = subscription.Quantity,
                Seats = subscription.Seats(now),
                Status = subscription.Status,
                Renews = subscription.AutoRenew,
                IsCanceledAtEnd = subscription.Scheduled?.Type == ScheduledActionType.Cancel,
                NextQuantity = subscription.NextTerm?.Quantity,
                IsTrial = subscription.IsTrial,
                IsNewCommerce = subscription.Commerce == Commerce.New,
                IsAssignable = subscription.Sku.IsAssignable,
                Term = subscription.Term,
                End = subscription.EndOfTerm,
                CancelableUntil = subscription.CancelableUntil,
                ParentId = subscription.ParentId,
                Reseller = subscription.PartnerId,
            })],
            [.. account.Users.Select(user => new UserState(
                user.Id,
                user.UserPrincipalName,
                user.UsageLocation is not null,
                user.IsDeleted,
                [.. user.Licenses.Select(license => new LicenseState(license.Sku.Id, string.Join(' ', license.DisabledPlans.Order(StringComparer.Ordinal)), license.InheritedFromGroup))]))]);
        foreach (var units in account.OtherChannelUnits)
        {
            state._foreign[units.Sku.Id] = state.Foreign(units.Sku.Id) + units.Quantity;
        }

        return state;
    }

    public SubscriptionState? Find(string? subscriptionId) =>
        subscriptionId is null ? null : Subscriptions.FirstOrDefault(subscription => string.Equals(subscription.Id, subscriptionId, StringComparison.OrdinalIgnoreCase));

    public UserState? FindUser(string? userId) =>
        userId is null ? null : Users.FirstOrDefault(user => string.Equals(user.Id, userId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Units of other channels.</summary>
    public int Foreign(string skuId) => _foreign.GetValueOrDefault(skuId);

    /// <summary>How many users hold a license of the SKU.</summary>
    public int Holders(string skuId)
    {
        var holders = 0;
        foreach (var user in Users)
        {
            holders += user.Holds(skuId) ? 1 : 0;
        }

        return holders;
    }

    /// <summary>Units of the SKU with which users can work.</summary>
    public int InService(string skuId) =>
        Foreign(skuId) + Subscriptions.Where(subscription => subscription.SkuId == skuId && subscription.IsInService).Sum(subscription => subscription.Seats);

    /// <summary>Holders of the SKU who cannot work, because there are fewer units in service than holders.</summary>
    public int Unserved(string skuId) => Math.Max(0, Holders(skuId) - InService(skuId));

    /// <summary>Seats of the SKU that are paid for, arrived or not, less the holders.</summary>
    public int Free(string skuId) =>
        Foreign(skuId) + Subscriptions.Where(subscription => subscription.SkuId == skuId && subscription.IsActive).Sum(subscription => subscription.Quantity) - Holders(skuId);

    /// <summary>Seats of a SKU that last as long as a purchase in any case, and that no one holds.</summary>
    public int FreeLasting(string skuId) => Math.Max(0, Foreign(skuId) - Holders(skuId) + Subscriptions
        .Where(subscription => subscription.SkuId == skuId && subscription is { IsActive: true, IsTrial: false } && (subscription.Renews || subscription.End >= At.AddYears(1)))
        .Sum(subscription => subscription.Quantity));
}
