using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CspMigration.Simulation.Worlds;

/// <summary>What there is before anyone does anything. Its text is read by <see cref="Programs.ProgramReader"/>.</summary>
internal sealed record WorldSpec
{
    /// <summary>Whether license-based offers are sold: <c>open</c>, <c>closed</c> (the catalog says so) or <c>refused</c> (only orders say so).</summary>
    public string Commerce { get; init; } = "open";

    /// <summary>How long a purchase takes until its seats are there.</summary>
    public TimeSpan Provisioning { get; init; }

    /// <summary>How late an order comes to the list of orders.</summary>
    public TimeSpan OrderLag { get; init; }

    /// <summary>How late a new subscription comes to the list of subscriptions.</summary>
    public TimeSpan ListLag { get; init; }

    /// <summary>How old the properties of the subscriptions in the list are; a single subscription is read as it is.</summary>
    public TimeSpan ViewLag { get; init; }

    /// <summary>How old the units of the directory SKUs are.</summary>
    public TimeSpan UnitsLag { get; init; }

    /// <summary>Whether an intermediary cuts the mark off the friendly names of purchases.</summary>
    public bool DropsMarks { get; init; }

    public IReadOnlyList<LimitSpec> Limits { get; init; } = [];

    public IReadOnlyList<CustomerSpec> Customers { get; init; } = [];

    public IEnumerable<SubscriptionSpec> Subscriptions => Customers.SelectMany(customer => customer.Subscriptions);

    public IEnumerable<UserSpec> Users => Customers.SelectMany(customer => customer.Users);

    /// <summary>Whether everyone who holds a license has a seat in service.</summary>
    public bool IsSound => Customers.All(customer => customer.Users.Where(user => !user.IsDeleted).SelectMany(user => user.Licenses)
        .GroupBy(license => WorldProduct.Of(license.Product).Sku)
        .All(sku => sku.Count() <= customer.Subscriptions.Where(subscription => subscription is { SuspendedFor: null, EndsIn: >= 0 }).Select(subscription => (subscription.Product, Units: subscription.Seats))
            .Concat(customer.OtherUnits).Where(units => WorldProduct.Of(units.Product).Sku == sku.Key).Sum(units => units.Units)));

    public static string Text(TimeSpan duration) => duration.TotalDays >= 1 && duration.Ticks % TimeSpan.TicksPerDay == 0
        ? FormattableString.Invariant($"{duration.TotalDays}d")
        : duration.Ticks % TimeSpan.TicksPerMinute == 0
            ? FormattableString.Invariant($"{duration.TotalMinutes}m")
            : FormattableString.Invariant($"{duration.TotalSeconds}s");

    public override string ToString()
    {
        var text = new StringBuilder($"world {Commerce}");
        foreach (var (name, lag) in new[] { ("provisioning", Provisioning), ("order-lag", OrderLag), ("list-lag", ListLag), ("view-lag", ViewLag), ("units-lag", UnitsLag) })
        {
            text.Append(lag > TimeSpan.Zero ? $" {name}={Text(lag)}" : "");
        }

        text.Append(DropsMarks ? " drops-marks" : "").Append('\n');
        foreach (var limit in Limits)
        {
            text.Append(CultureInfo.InvariantCulture, $"  limit {limit.Product} {limit.Limit}{(limit.IsForLife ? " for-life" : "")}\n");
        }

        foreach (var customer in Customers)
        {
            text.Append(customer);
        }

        return text.ToString();
    }
}

/// <summary>How many subscriptions of an offer a customer may have.</summary>
internal sealed record LimitSpec(string Product, int Limit, bool IsForLife);

/// <summary>A customer.</summary>
internal sealed record CustomerSpec
{
    public string Name { get; init; } = "C";

    public IReadOnlyList<SubscriptionSpec> Subscriptions { get; init; } = [];

    /// <summary>Units of other channels, by product.</summary>
    public IReadOnlyList<(string Product, int Units)> OtherUnits { get; init; } = [];

    public IReadOnlyList<UserSpec> Users { get; init; } = [];

    public override string ToString()
    {
        var text = new StringBuilder($"  customer {Name}\n");
        foreach (var subscription in Subscriptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {subscription}\n");
        }

        foreach (var (product, units) in OtherUnits)
        {
            text.Append(CultureInfo.InvariantCulture, $"    units {product} {units}\n");
        }

        foreach (var user in Users)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {user}\n");
        }

        return text.ToString();
    }
}

/// <summary>A subscription.</summary>
internal sealed record SubscriptionSpec
{
    /// <summary>What programs call it; unique over all customers.</summary>
    public string Name { get; init; } = "";

    public string Product { get; init; } = "";

    public int Seats { get; init; } = 1;

    /// <summary>Days from today through the end of its term; negative where it has ended.</summary>
    public int EndsIn { get; init; } = 30;

    public bool Renews { get; init; }

    public bool IsNewCommerce { get; init; }

    public bool IsTrial { get; init; }

    /// <summary>Of an add-on: the name of its base.</summary>
    public string? Parent { get; init; }

    public string? Reseller { get; init; }

    public string Cycle { get; init; } = "monthly";

    public string Term { get; init; } = "P1Y";

    /// <summary>For how many days it has been suspended; null where it is not.</summary>
    public int? SuspendedFor { get; init; }

    public override string ToString()
    {
        return FormattableString.Invariant($"sub {Name} {Product} seats={Seats} ends={EndsIn}")
            + (Renews ? " renews" : "") + (IsNewCommerce ? " new" : "") + (IsTrial ? " trial" : "")
            + (Parent is null ? "" : $" of={Parent}") + (Reseller is null ? "" : $" reseller={Reseller}")
            + (Cycle == "monthly" ? "" : $" cycle={Cycle}") + (Term == "P1Y" ? "" : $" term={Term}")
            + (SuspendedFor is { } days ? FormattableString.Invariant($" suspended={days}") : "");
    }
}

/// <summary>A license of a user.</summary>
/// <param name="Product">Of what.</param>
/// <param name="IsByGroup">Whether it comes through a group.</param>
/// <param name="PlansOff">How many of its service plans are switched off.</param>
internal sealed record LicenseSpec(string Product, bool IsByGroup = false, int PlansOff = 0)
{
    public override string ToString() => Product + (IsByGroup ? "/group" : "") + (PlansOff > 0 ? FormattableString.Invariant($"/off{PlansOff}") : "");
}

/// <summary>A user.</summary>
internal sealed record UserSpec
{
    public string Name { get; init; } = "";

    public IReadOnlyList<LicenseSpec> Licenses { get; init; } = [];

    public bool HasLocation { get; init; } = true;

    public bool IsDeleted { get; init; }

    /// <summary>Whether every change of the user's licenses is refused (403).</summary>
    public bool IsRefused { get; init; }

    public override string ToString()
    {
        return $"user {Name}{string.Concat(Licenses.Select(license => " " + license))}"
            + (HasLocation ? "" : " no-location") + (IsDeleted ? " deleted" : "") + (IsRefused ? " refused" : "");
    }
}
