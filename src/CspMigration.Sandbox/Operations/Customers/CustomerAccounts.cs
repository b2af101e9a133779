using System;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>Creates, deletes and updates customers. Like an integration sandbox, it may delete a customer with all its resources.</summary>
internal static class CustomerAccounts
{
    private const string Administrator = "admin";

    public static Answer Create(Call call)
    {
        var domain = ReadDomain(call.Body.Object("companyProfile") ?? throw Refusals.InvalidProperty("companyProfile", "it is missing."));
        var profile = ProfileReader.Read(call.Body.Object("billingProfile") ?? throw Refusals.InvalidProperty("billingProfile", "it is missing."));
        if (profile.Address.Country != Market.PartnerCountry)
        {
            throw Refusals.CountryNotOnboarded(profile.Address.Country);
        }

        var reseller = call.Body.NonEmptyText("associatedPartnerId");
        if (reseller != null)
        {
            PartnerIds.Check(reseller);
        }

        var customer = call.World.Customers.TryAdd(number => New(call, domain, profile, reseller, number), domain) ?? throw Refusals.DomainTaken(domain);
        call.World.Audit.Add(new AuditRecord(customer, "add_customer", "customer", customer.Id, call.Now));
        var resource = CustomerResource.Of(customer);
        resource["userCredentials"] = new JObject
        {
            ["userName"] = Administrator,
            ["password"] = call.World.Ids.Guid("password/" + customer.Id).Substring(0, 13),
        };
        return Answer.Created(resource);
    }

    public static Answer Delete(Call call)
    {
        call.World.Customers.Remove(call.Customer);
        return Answer.WithStatus(204);
    }

    public static Answer ReplaceBillingProfile(Call call)
    {
        var customer = call.Customer;
        call.CheckEtag(CustomerResource.Etag(customer), isRequired: true);
        var profile = ProfileReader.Read(call.Body);
        if (profile.Address.Country != customer.Country)
        {
            throw Refusals.InvalidProperty("country", $"a customer in {customer.Country} stays there.");
        }

        customer.Billing = profile with { Version = customer.Billing.Version + 1 };
        return Answer.Ok(CustomerResource.BillingProfile(customer));
    }

    private static string ReadDomain(JsonBody profile)
    {
        var domain = profile.NonEmptyText("domain") ?? throw Refusals.InvalidProperty("domain", "it is missing.");
        return Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.Contains('.')
            ? domain.ToLowerInvariant()
            : throw Refusals.InvalidProperty("domain", $"{domain} is not a domain.");
    }

    private static Customer New(Call call, string domain, BillingProfile profile, string? reseller, int number)
    {
        var id = call.World.Ids.Guid(FormattableString.Invariant($"created customer/{number}"));
        return new Customer(id, profile.CompanyName, domain, customer => Fill(call.World, customer))
        {
            Country = profile.Address.Country,
            Billing = profile,
            AssociatedPartnerId = reseller,
        };
    }

    // Only the administrator whose password is in the answer; the agreement is not confirmed yet.
    private static Account Fill(World world, Customer customer)
    {
        var account = new Account { ExtendsUndecided = world.EndOfTerm != EndOfTermPolicy.Keep };
        account.Add(new User
        {
            Id = world.Ids.Guid(customer.Id + "/administrator"),
            UserPrincipalName = $"{Administrator}@{customer.Domain}",
            FirstName = customer.Billing.Address.FirstName,
            LastName = customer.Billing.Address.LastName,
            UsageLocation = customer.Country,
        });
        return account;
    }
}
