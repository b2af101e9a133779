using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>The partner's own profile (docs/partner-center.md §13): the organization profile, or the legal business one.</summary>
internal sealed class PartnerProfile
{
    private PartnerProfile(ResourceReader json)
    {
        TenantId = json.Text("tenantId") ?? json.Text("id");
        CompanyName = json.Text("companyName");
        Country = json.Resource("address")?.Text("country") ?? json.Resource("defaultAddress")?.Text("country");
    }

    public string? TenantId { get; }

    public string? CompanyName { get; }

    /// <summary>ISO 3166 two letters.</summary>
    public string? Country { get; }

    public static PartnerProfile Read(ResourceReader json) => new(json);
}
