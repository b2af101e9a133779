using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>A user in a customer's directory.</summary>
internal sealed class User
{
    private readonly List<License> _licenses = [];

    public string Id { get; init; } = "";

    public string UserPrincipalName { get; init; } = "";

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    /// <summary>Two letters; without them no licence can be assigned.</summary>
    public string? UsageLocation { get; set; }

    /// <summary>Set for a deleted user, who is kept for a while.</summary>
    public DateTimeOffset? DeletedOn { get; set; }

    public string DisplayName => FirstName + " " + LastName;

    public bool IsDeleted => DeletedOn != null;

    public IReadOnlyList<License> Licenses => _licenses;

    public License? License(string skuId) => _licenses.FirstOrDefault(license => Same.Text(license.Sku.Id, skuId));

    public bool Holds(string skuId) => License(skuId) != null;

    public void SetLicenses(IEnumerable<License> licenses)
    {
        var next = licenses.ToList();
        _licenses.Clear();
        _licenses.AddRange(next);
    }
}
