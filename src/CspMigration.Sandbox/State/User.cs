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
    private string? _displayName;

    public string Id { get; init; } = "";

    public string UserPrincipalName { get; set; } = "";

    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    /// <summary>Two letters; null if none is set, and then no license can be assigned.</summary>
    public string? UsageLocation { get; set; }

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

    public License? License(string skuId) => _licenses.FirstOrDefault(license => AnyCase.AreEqual(license.Sku.Id, skuId));

    public bool Holds(string skuId) => License(skuId) != null;

    public void SetLicenses(IEnumerable<License> licenses)
    {
        var next = licenses.ToList();
        _licenses.Clear();
        _licenses.AddRange(next);
    }
}
