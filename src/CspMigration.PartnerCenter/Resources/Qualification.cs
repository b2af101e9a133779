using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A segment a customer has asked to be qualified for (docs/partner-center.md §13).</summary>
internal sealed class Qualification
{
    private Qualification(ResourceReader json)
    {
        Name = json.Text("qualification") ?? "";
        VettingStatus = json.Text("vettingStatus") ?? "";
    }

    /// <summary>The service's word: <c>Education</c>, <c>GovernmentCommunityCloud</c>, <c>Nonprofit</c> and others.</summary>
    public string Name { get; }

    public string VettingStatus { get; }

    public bool IsApproved => string.Equals(VettingStatus, "Approved", StringComparison.OrdinalIgnoreCase);

    public static Qualification Read(ResourceReader json) => new(json);
}
