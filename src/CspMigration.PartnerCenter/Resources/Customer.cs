using System;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A customer (docs/partner-center.md §5). A list carries less than a single reading: no address, so no country.</summary>
internal sealed class Customer
{
    private Customer(ResourceReader json)
    {
        Id = json.RequiredId<IdKind.Customer>("id");
        RelationshipToPartner = json.Text("relationshipToPartner");
        if (json.Resource("companyProfile") is { } company)
        {
            CompanyName = company.Text("companyName");
            Domain = company.Text("domain");
            Country = company.Resource("address")?.Text("country");
        }

        if (json.Resource("billingProfile") is { } billing)
        {
            Country = billing.Resource("defaultAddress")?.Text("country") ?? Country;
            CompanyName ??= billing.Text("companyName");
        }
    }

    public CustomerId Id { get; }

    public string? CompanyName { get; }

    public string? Domain { get; }

    /// <summary>Where the customer is billed, ISO 3166 two letters.</summary>
    public string? Country { get; }

    /// <summary>The service's word: <c>reseller</c>, <c>advisor</c>, <c>none</c> and others.</summary>
    public string? RelationshipToPartner { get; }

    /// <summary>Whether we are its reseller, as far as the service says.</summary>
    public bool IsOurs => RelationshipToPartner is null || RelationshipToPartner.Equals("reseller", StringComparison.OrdinalIgnoreCase);

    public static Customer Read(ResourceReader json) => new(json);
}
