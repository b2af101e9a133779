using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A segment a customer has asked to be qualified for (docs/partner-center.md §13).</summary>
internal sealed class Qualification
{
    private Qualification(ResourceReader json)
    {
        Name = json.Text("qualification") ?? "";
        IsApproved = string.Equals(json.Text("vettingStatus"), "Approved", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The service's word: <c>Education</c>, <c>GovernmentCommunityCloud</c>, <c>Nonprofit</c> and others.</summary>
    public string Name { get; }

    public bool IsApproved { get; }

    public static Qualification Read(ResourceReader json) => new(json);
}
