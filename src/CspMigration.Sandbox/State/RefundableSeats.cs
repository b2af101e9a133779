using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>The seats of a new-commerce subscription that can still be refunded: each batch for seven days after its purchase.</summary>
internal sealed class RefundableSeats
{
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private readonly List<(int Quantity, DateTimeOffset Until)> _batches = [];

    public void Add(int quantity, DateTimeOffset purchasedOn) => _batches.Add((quantity, purchasedOn + Window));

    public void Clear() => _batches.Clear();

    /// <summary>The batches that can be refunded now, oldest first.</summary>
    public IReadOnlyList<(int Quantity, DateTimeOffset Until)> At(DateTimeOffset now) => _batches.Where(batch => now < batch.Until).ToList();

    public int Total(DateTimeOffset now) => At(now).Sum(batch => batch.Quantity);

    /// <summary>Refunds seats, the newest first. The caller checks that there are enough.</summary>
    public void Refund(int quantity)
    {
        for (var index = _batches.Count - 1; index >= 0 && quantity > 0; index--)
        {
            var (available, until) = _batches[index];
            var refunded = Math.Min(available, quantity);
            quantity -= refunded;
            _batches[index] = (available - refunded, until);
        }

        _ = _batches.RemoveAll(batch => batch.Quantity == 0);
    }
}
