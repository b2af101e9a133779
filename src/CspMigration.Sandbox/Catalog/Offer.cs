using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Catalog;

/// <summary>A license-based offer with a GUID as id.</summary>
internal sealed class Offer
{
    public const int NoMaximum = 10_000_000;

    private static readonly string[] LicenseCycles = ["annual", "monthly"];
    private static readonly string[] TrialCycles = ["none"];

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public DirectorySku Sku { get; init; } = null!;

    public int MinimumQuantity { get; init; } = 1;

    public int MaximumQuantity { get; init; } = NoMaximum;

    /// <summary>How many subscriptions a customer may have of it, 0 for any number; <see cref="LimitUnit"/> defines what counts.</summary>
    public int Limit { get; init; }

    /// <summary><c>None</c>, <c>Concurrent</c> (at once) or <c>Lifetime</c> (ever).</summary>
    public string LimitUnit { get; init; } = "None";

    public bool IsTrial { get; init; }

    /// <summary>The paid offers a trial can be converted to.</summary>
    public IReadOnlyList<string> ConversionTargets { get; init; } = [];

    /// <summary>The offers its subscriptions can be upgraded to.</summary>
    public IReadOnlyList<string> UpgradeTargets { get; init; } = [];

    /// <summary>Of an add-on: the offers whose subscriptions can be its parent.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>Still listed, no longer for sale.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>No longer in the catalog; customers may still have subscriptions of it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The segment it is sold to.</summary>
    public string Segment { get; init; } = Segments.Commercial;

    /// <summary>The only countries it is sold in; empty for all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    public bool IsAddOn => Parents.Count > 0;

    public IReadOnlyList<string> BillingCycles => IsTrial ? TrialCycles : LicenseCycles;

    public bool AcceptsParent(string offerId) => Parents.Contains(offerId, AnyCase.Comparer);

    public bool IsSoldIn(string country) => Countries.Count == 0 || Countries.Contains(country, AnyCase.Comparer);

    public bool AcceptsCycle(string cycle) => BillingCycles.Contains(cycle, AnyCase.Comparer);
}
