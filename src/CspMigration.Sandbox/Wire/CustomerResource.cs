using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>A customer as the service prints it: little in lists, more on its own.</summary>
internal static class CustomerResource
{
    public static JObject InList(Customer customer) => new()
    {
        ["id"] = customer.Id,
        ["companyProfile"] = ShortProfile(customer),
        ["relationshipToPartner"] = customer.Relationship,
        ["links"] = Json.SelfLink("/customers/" + customer.Id),
        ["attributes"] = Json.Attributes("Customer"),
    };

    /// <summary>What only delegated rights let the partner see is left out without them.</summary>
    public static JObject Of(Customer customer)
    {
        var maySeeAll = customer.DelegationRefusal == null;
        var resource = new JObject
        {
            ["id"] = customer.Id,
            ["commerceId"] = customer.Id,
            ["companyProfile"] = maySeeAll ? CompanyProfile(customer) : ShortProfile(customer),
            ["billingProfile"] = BillingProfile(customer),
            ["relationshipToPartner"] = customer.Relationship,
            ["allowDelegatedAccess"] = maySeeAll,
        };
        if (maySeeAll)
        {
            resource["customDomains"] = new JArray(customer.Domain);
        }

        resource["links"] = Json.SelfLink("/customers/" + customer.Id);
        resource["attributes"] = Json.Attributes("Customer");
        return resource;
    }

    public static JObject CompanyProfile(Customer customer)
    {
        var profile = ShortProfile(customer);
        profile["address"] = Address(customer, "region");
        profile["email"] = Email(customer);
        return profile;
    }

    public static JObject BillingProfile(Customer customer)
    {
        var profile = new JObject { ["id"] = customer.Id, ["firstName"] = "Alex", ["lastName"] = "Rowan" };
        if (customer.DelegationRefusal == null)
        {
            profile["email"] = Email(customer);
        }

        profile["culture"] = "en-US";
        profile["language"] = "en";
        profile["companyName"] = customer.CompanyName;
        profile["defaultAddress"] = Address(customer, "state");
        profile["links"] = Json.SelfLink($"/customers/{customer.Id}/profiles/billing");
        profile["attributes"] = Json.Attributes("CustomerBillingProfile", Json.Etag(customer.Id, 1));
        return profile;
    }

    private static JObject ShortProfile(Customer customer) => new()
    {
        ["tenantId"] = customer.Id,
        ["domain"] = customer.Domain,
        ["companyName"] = customer.CompanyName,
        ["links"] = Json.SelfLink($"/customers/{customer.Id}/profiles/company"),
        ["attributes"] = Json.Attributes("CustomerCompanyProfile"),
    };

    private static JObject Address(Customer customer, string stateName) => new()
    {
        ["country"] = customer.Country,
        ["city"] = "Springfield",
        [stateName] = "WA",
        ["addressLine1"] = "1 Sandbox Street",
        ["postalCode"] = "98000",
        ["firstName"] = "Alex",
        ["lastName"] = "Rowan",
        ["phoneNumber"] = "5550100",
    };

    private static string Email(Customer customer) => "admin@" + customer.Domain;
}
