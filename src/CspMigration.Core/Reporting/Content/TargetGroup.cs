using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;

namespace CspMigration.Core.Reporting.Content;

/// <summary>Targets of a customer that have product, method and overlap in common.</summary>
internal sealed class TargetGroup
{
    /// <param name="customer">The customer's name.</param>
    /// <param name="from">The old offer.</param>
    /// <param name="targets">The targets; at least one.</param>
    public TargetGroup(string customer, string from, IReadOnlyList<TargetSubscription> targets)
    {
        Customer = customer;
        From = from;
        To = targets[0].OfferName ?? targets[0].OfferId;
        Method = targets[0].Method;
        OverlapDays = targets[0].OverlapDays;
        SourceSeats = targets.Sum(target => target.Source?.Quantity ?? 0);

        // A sum of nullables takes null for 0.
        var seatDays = targets.Select(Overlap.SeatDaysOf).ToList();
        SeatDays = seatDays.Contains(null) ? null : seatDays.Sum();
    }

    public string Customer { get; }

    public string From { get; }

    /// <summary>The new offer.</summary>
    public string? To { get; }

    public MigrationMethod Method { get; }

    public int SourceSeats { get; }

    /// <summary>For how many days source and target are both billed; null where it is not known.</summary>
    public int? OverlapDays { get; }

    /// <summary>These days times the seats that are billed twice; null where it is not known.</summary>
    public long? SeatDays { get; }
}
