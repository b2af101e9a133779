using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>How the moves of a plan would end, as far as what is read already tells: by usage location and free seats.</summary>
internal sealed class MoveForecast
{
    private readonly string? _usageLocation;
    private readonly Dictionary<string, int> _freeSeats;

    private MoveForecast(string? usageLocation, Dictionary<string, int> freeSeats)
    {
        _usageLocation = usageLocation;
        _freeSeats = freeSeats;
    }

    /// <summary>Counts the seats the targets of a customer will have.</summary>
    /// <param name="view">The customer.</param>
    /// <param name="targets">All of them.</param>
    /// <param name="usageLocation">What users without a usage location get; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<MoveForecast> MakeAsync(
        CustomerView view, IReadOnlyList<TargetSubscription> targets, string? usageLocation, CancellationToken cancellationToken)
    {
        var freeSeats = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var ofSku in targets.Where(target => target.SkuId is not null).GroupBy(target => target.SkuId!, StringComparer.OrdinalIgnoreCase))
        {
            // Seats that were bought before may be on their way: the pool does not tell how many.
            var pool = LicensePool.Of(await view.SkusAsync(cancellationToken).ConfigureAwait(false), ofSku.Key);
            if (pool.IsKnown && ofSku.All(target => target is { IsPlanned: true, Outcome: not TargetOutcome.Resumed }))
            {
                freeSeats[ofSku.Key] = pool.Balance;
                foreach (var target in ofSku)
                {
                    freeSeats[ofSku.Key] += await SeatsAddedAsync(view, target, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return new MoveForecast(usageLocation, freeSeats);
    }

    /// <summary>How a user's move would end; a seat it takes is not there for the next.</summary>
    public (UserMoveOutcome Outcome, string? Reason) Of(UserMove move)
    {
        if (move.Assigns && move.Holder.User.UsageLocation is null && _usageLocation is null)
        {
            return LicenseRefusal.OfNoUsageLocation();
        }

        var counted = move.Update.Assign.Select(sku => sku.Key).Where(_freeSeats.ContainsKey).ToList();
        if (counted.Exists(sku => _freeSeats[sku] <= 0))
        {
            return LicenseRefusal.OfNoFreeSeat();
        }

        counted.ForEach(sku => _freeSeats[sku]--);
        return (UserMoveOutcome.Moved, null);
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
