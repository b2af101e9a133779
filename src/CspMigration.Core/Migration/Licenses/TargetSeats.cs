using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>The seats of a customer's targets that no user has yet; in a plan, those there will be.</summary>
internal sealed class TargetSeats
{
    private readonly Dictionary<string, int> _free;

    private TargetSeats(Dictionary<string, int> free) => _free = free;

    /// <summary>Counts the seats of the targets.</summary>
    /// <param name="view">The customer.</param>
    /// <param name="targets">All of them.</param>
    /// <param name="planOnly">Whether what is planned counts as bought.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<TargetSeats> ReadAsync(CustomerView view, IReadOnlyList<TargetSubscription> targets, bool planOnly, CancellationToken cancellationToken)
    {
        var free = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var ofSku in targets.Where(target => target.SkuId is not null).GroupBy(target => target.SkuId!, StringComparer.OrdinalIgnoreCase))
        {
            // In a plan, seats that were bought before may be on their way: the pool does not show how many.
            var pool = LicensePool.Of(await view.SkusAsync(cancellationToken).ConfigureAwait(false), ofSku.Key);
            if (!pool.IsKnown || (planOnly && !ofSku.All(target => target is { IsPlanned: true, Outcome: not TargetOutcome.Resumed })))
            {
                continue;
            }

            free[ofSku.Key] = pool.Balance;
            foreach (var target in ofSku.Where(_ => planOnly))
            {
                free[ofSku.Key] += await SeatsAddedAsync(view, target, cancellationToken).ConfigureAwait(false);
            }
        }

        return new TargetSeats(free);
    }

    /// <summary>The same seats, to be taken apart from these.</summary>
    public TargetSeats Copy() => new(new Dictionary<string, int>(_free, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a seat of a SKU is left, as far as that is known.</summary>
    public bool HasFree(string skuId) => !_free.TryGetValue(skuId, out var free) || free > 0;

    /// <summary>Takes a seat.</summary>
    public void Take(string skuId) => Add(skuId, -1);

    /// <summary>Gives a seat back.</summary>
    public void GiveBack(string skuId) => Add(skuId, 1);

    private void Add(string skuId, int seats)
    {
        if (_free.TryGetValue(skuId, out var free))
        {
            _free[skuId] = free + seats;
        }
    }

    private static async Task<int> SeatsAddedAsync(CustomerView view, TargetSubscription target, CancellationToken cancellationToken)
    {
        return target.Outcome switch
        {
            TargetOutcome.Purchased or TargetOutcome.Reactivated => target.Quantity,
            TargetOutcome.Resized when target.TargetSubscriptionId is { } resized =>
                target.Quantity - ((await view.SubscriptionAsync(resized, cancellationToken).ConfigureAwait(false))?.Quantity ?? 0),
            _ => 0,
        };
    }
}
