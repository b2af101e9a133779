using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Wire;

/// <summary>A customer as the service writes it, with fewer members in lists.</summary>
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

    /// <summary>Members that need delegated rights are omitted without them.</summary>
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

        resource.SetIfAny("associatedPartnerId", customer.AssociatedPartnerId);
        resource["links"] = Json.SelfLink("/customers/" + customer.Id);
        resource["attributes"] = Json.Attributes("Customer");
        return resource;
    }

    public static string Etag(Customer customer) => Json.Etag(customer.Id, customer.Billing.Version);

    public static JObject CompanyProfile(Customer customer)
    {
        var profile = ShortProfile(customer);
        var address = customer.Billing.Address;
        profile["address"] = Address(address with { Region = address.Region ?? address.State, State = null });
        profile["email"] = customer.Billing.Email;
        return profile;
    }

    public static JObject BillingProfile(Customer customer)
    {
        var billing = customer.Billing;
        var profile = new JObject { ["id"] = customer.Id };
        profile.SetIfAny("firstName", billing.FirstName);
        profile.SetIfAny("lastName", billing.LastName);
        if (customer.DelegationRefusal == null)
        {
            profile["email"] = billing.Email;
        }

        profile["culture"] = billing.Culture;
        profile["language"] = billing.Language;
        profile["companyName"] = billing.CompanyName;
        profile["defaultAddress"] = Address(billing.Address);
        profile["links"] = Json.SelfLink($"/customers/{customer.Id}/profiles/billing");
        profile["attributes"] = Json.Attributes("CustomerBillingProfile", Etag(customer));
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

    private static JObject Address(Address address)
    {
        var resource = new JObject { ["country"] = address.Country };
        resource.SetIfAny("region", address.Region);
        resource["city"] = address.City;
        resource.SetIfAny("state", address.State);
        resource["addressLine1"] = address.AddressLine1;
        resource.SetIfAny("addressLine2", address.AddressLine2);
        resource.SetIfAny("postalCode", address.PostalCode);
        resource["firstName"] = address.FirstName;
        resource["lastName"] = address.LastName;
        resource.SetIfAny("phoneNumber", address.PhoneNumber);
        return resource;
    }
}
