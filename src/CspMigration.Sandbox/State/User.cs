using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>A user in a customer's directory.</summary>
internal sealed class User
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly List<License> _licenses = [];
    private readonly List<(DateTimeOffset Until, IReadOnlyList<License> Licenses)> _formerly = [];
    private string? _displayName;

    public string Id { get; init; } = "";

    public string UserPrincipalName { get; set; } = "";

    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    /// <summary>Two letters; null if none is set, and then no license can be assigned.</summary>
    public string? UsageLocation { get; set; }

    /// <summary>Whether the account can sign in.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>When the user was deleted; null for an active user.</summary>
    public DateTimeOffset? DeletedOn { get; set; }

    /// <summary>The first and last name, unless another one was set.</summary>
    public string DisplayName
    {
        get => _displayName ?? FirstName + " " + LastName;
        set => _displayName = value;
    }

    public bool IsDeleted => DeletedOn != null;

    /// <summary>The licenses that a deleted user held and gets back when restored.</summary>
    public IReadOnlyList<License> FormerLicenses { get; set; } = [];

    /// <summary>A deleted user is kept for thirty days.</summary>
    public bool IsPurged(DateTimeOffset now) => now >= DeletedOn + Retention;

    public IReadOnlyList<License> Licenses => _licenses;

    /// <summary>The groups that could not assign their licenses to the user, each with the error.</summary>
    public Dictionary<Group, string> GroupErrors { get; } = [];

    public License? License(string skuId) => _licenses.FirstOrDefault(license => AnyCase.AreEqual(license.Sku.Id, skuId));

    public bool Holds(string skuId) => License(skuId) != null;

    /// <summary>Whether the user held a SKU at a moment that has passed.</summary>
    public bool HeldAt(string skuId, DateTimeOffset moment)
    {
        var index = _formerly.FindIndex(former => moment < former.Until);
        return (index < 0 ? _licenses : _formerly[index].Licenses).Any(license => AnyCase.AreEqual(license.Sku.Id, skuId));
    }

    /// <summary>What the user holds with these direct assignments, and without the direct assignments of other SKUs.</summary>
    public List<License> After(IReadOnlyCollection<License> assignments, IReadOnlyCollection<string> removals)
    {
        var kept = _licenses.Where(license => !assignments.Any(assigned => assigned.Sku == license.Sku))
            .Select(license => removals.Contains(license.Sku.Id, AnyCase.Comparer) ? license.WithoutDirect() : license)
            .OfType<License>();
        return [.. kept, .. assignments.Select(assigned => License(assigned.Sku.Id)?.WithDirect(assigned.DisabledPlans) ?? assigned)];
    }

    /// <param name="licenses">All that the user holds from now on.</param>
    /// <param name="now">The time; null while the scenario is built.</param>
    public void SetLicenses(IEnumerable<License> licenses, DateTimeOffset? now)
    {
        var next = licenses.ToList();
        if (now is { } until)
        {
            _formerly.Add((until, _licenses.ToList()));
        }

        _licenses.Clear();
        _licenses.AddRange(next);
    }
}
