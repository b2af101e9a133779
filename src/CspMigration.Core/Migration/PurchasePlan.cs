using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;

namespace CspMigration.Core.Migration;

/// <summary>One successor to buy, or found already, for one or several sources of a customer.</summary>
public sealed class PurchasePlan
{
    internal PurchasePlan(Purchase purchase) => Purchase = purchase;

    /// <summary>Whether something has to be sent; else the successor is there already.</summary>
    public bool NeedsWrite => Purchase.Existing is null;

    /// <summary>For a prompt: the customer.</summary>
    public string CustomerText => $"{Purchase.CustomerName} ({Purchase.CustomerId})";

    /// <summary>For a prompt: what is bought, for what.</summary>
    public string ActionText => string.Format(
        CultureInfo.CurrentCulture,
        "Buy {0} seats of {1}, term {2}, billed {3}, to succeed {4}",
        Purchase.Quantity,
        Purchase.OfferName,
        Purchase.TermDuration,
        Purchase.BillingCycle,
        string.Join(" and ", Rows.Select(row => row.OfferName ?? row.OfferId)));

    /// <summary>The rows it serves.</summary>
    public IReadOnlyList<ExpiringSubscription> Rows => [.. Purchase.Sources.Select(source => source.Row)];

    internal Purchase Purchase { get; }

    /// <summary>One planned object a source: what a run would give, with nothing sent.</summary>
    public IReadOnlyList<TargetSubscription> ToPlanned() => Purchase.Describe(Purchase.Existing, orderId: null, isPlanned: true);
}
