using System;
using System.Linq;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>
/// The units of one SKU in a customer's directory. All subscriptions of the SKU and all units of other channels are one pool: no
/// user has a particular unit.
/// </summary>
internal sealed class SeatPool
{
    private SeatPool(DirectorySku sku)
    {
        Sku = sku;
    }

    public DirectorySku Sku { get; }

    public int Active { get; private set; }

    public int Warning { get; private set; }

    public int Suspended { get; private set; }

    public int Consumed { get; private set; }

    public int Total => Active + Warning + Suspended;

    /// <summary>Negative if a subscription was suspended while its seats were in use.</summary>
    public int Available => Active - Consumed;

    public static SeatPool Of(Account account, DirectorySku sku, DateTimeOffset now)
    {
        var pool = new SeatPool(sku)
        {
            Active = account.OtherChannelUnits.Where(units => units.Sku == sku).Sum(units => units.Quantity),
            Consumed = account.Consumed(sku),
        };
        foreach (var subscription in account.Subscriptions.Where(subscription => subscription.Sku == sku))
        {
            pool.Add(subscription, now);
        }

        return pool;
    }

    private void Add(Subscription subscription, DateTimeOffset now)
    {
        var seats = subscription.Seats(now);
        switch (subscription.Status)
        {
            case SubscriptionStatus.Active:
                Active += seats;
                break;
            case SubscriptionStatus.Expired when subscription.Commerce == Commerce.New:
                Warning += seats;
                break;
            case SubscriptionStatus.Deleted:
                break;
            default:
                Suspended += seats;
                break;
        }
    }
}
