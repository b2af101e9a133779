using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Purchases;

/// <summary>What of a target is on sale for a customer, and through which commerce.</summary>
internal sealed class Sale
{
    private Sale(TargetOffer offer, NewCommerceOffer? newCommerce, string? remark)
    {
        Offer = offer;
        NewCommerce = newCommerce;
        Remark = remark;
    }

    public TargetOffer Offer { get; }

    /// <summary>The terms and items of new commerce; null in legacy.</summary>
    public NewCommerceOffer? NewCommerce { get; }

    /// <summary>What a plan cannot know of it.</summary>
    public string? Remark { get; }

    /// <summary>What no reading shows of a legacy offer that is listed as for sale.</summary>
    public const string OrderRemark = "Whether legacy orders are still taken shows only when one is sent.";

    /// <summary>What no reading shows of new commerce: making a cart is a write.</summary>
    public const string CartRemark = "Price and objections of new commerce show only in a cart.";

    public static Sale Legacy(TargetOffer offer, bool mayFallBack)
    {
        return new Sale(offer, newCommerce: null, mayFallBack ? $"Legacy, else new commerce; under {UserCommands.ApprovedPlan()} legacy alone, and nothing where the order is refused. {OrderRemark}" : null);
    }

    public static Sale InNewCommerce(NewCommerceOffer offer)
    {
        return new Sale(offer.Offer, offer, CartRemark);
    }
}
