using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter;

public sealed class PublicSampleTests
{
    // Bodies whose names say a kind we model, but which are other things: actions, questions, or prints with a null id.
    private static readonly string[] OtherThings =
    [
        "orders.create.request.json", "orders.addon.patch.request.json", "orders.provisioningstatus.response.json",
        "customers.companyprofile.response.json", "customers.relationshiprequest.response.json",
        "customers.removerelationship.request.json", "customers.removerelationship.response.json", "customers.search.filter.json",
        "users.licenseupdates.request.json", "users.licenseupdates.response.json", "users.update.request.json",
    ];

    // The documentation prints some identifiers as a hint in angle brackets or braces; they are text like any other.
    [SampleFact]
    public void Every_sample_is_read_as_JSON()
    {
        var files = PublicSamples.Files("*.json").ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotNull(Parse(file)));
    }

    [SampleFact]
    public void Subscriptions_are_read()
    {
        var subscriptions = ReadAll("a subscription", Subscription.Read, except: ["subscriptions.provisioningstatus.response.json"], "subscriptions.*");

        Assert.All(subscriptions, subscription =>
        {
            Assert.NotEmpty(subscription.Id.ToString());
            Assert.NotEmpty(subscription.Status);
            Assert.True(subscription.Quantity > 0);
            Assert.NotNull(subscription.CommitmentEnd);
        });
        Assert.Contains(subscriptions, subscription => subscription.Commerce == Contracts.CommerceKind.NewCommerce);
        Assert.Contains(subscriptions, subscription => subscription.Commerce == Contracts.CommerceKind.Legacy);
    }

    [SampleFact]
    public void Provisioning_statuses_are_read()
    {
        var statuses = ReadAll("a status", ProvisioningStatus.Read, except: [], "subscriptions.provisioningstatus.*", "provisioningstatus*");

        Assert.All(statuses, status => Assert.NotNull(status.SkuId));
        Assert.Contains(statuses, status => status.Succeeded);
    }

    [SampleFact]
    public void Orders_are_read()
    {
        var orders = ReadAll("an order", Order.Read, OtherThings, "orders.*");

        Assert.All(orders, order => Assert.All(order.LineItems, line => Assert.NotNull(line.OfferId)));
        Assert.Contains(orders, order => order.LineItems.Any(line => line.SubscriptionId is not null));
    }

    [SampleFact]
    public void Offers_are_read()
    {
        var offers = ReadAll("an offer", Offer.Read, except: [], "offers.*");

        Assert.All(offers, offer =>
        {
            Assert.NotNull(offer.Name);
            Assert.NotNull(offer.SkuId);
            Assert.True(offer.MinimumQuantity >= 1);
        });
        Assert.Contains(offers, offer => offer.IsAddOn);
    }

    [SampleFact]
    public void Customers_are_read()
    {
        var customers = ReadAll("a customer", Customer.Read, OtherThings, "customers.*");

        Assert.All(customers, customer => Assert.NotNull(customer.CompanyName));
        Assert.Contains(customers, customer => customer.Country is not null);
        Assert.Contains(customers, customer => customer.Country is null);
    }

    [SampleFact]
    public void Users_are_read()
    {
        var users = ReadAll(
            "a user",
            User.Read,
            [.. OtherThings, "users.licenses.response.json", "users.licenses.bygroup.response.json", "users.licenses.bygroup.empty.response.json"],
            "users.*");

        Assert.All(users, user => Assert.NotNull(user.UserPrincipalName));
        Assert.Contains(users, user => user.IsDeleted);
        Assert.Contains(users, user => !user.IsDeleted);
    }

    [SampleFact]
    public void Licenses_of_users_are_read()
    {
        var licenses = ReadAll("a license", UserLicense.Read, except: [], "users.licenses.*");

        Assert.All(licenses, license =>
        {
            Assert.NotNull(license.SkuId);
            Assert.All(license.ServicePlans, plan => Assert.NotNull(plan.Id));
        });
    }

    [SampleFact]
    public void Units_are_read()
    {
        var skus = ReadAll("a SKU", SubscribedSku.Read, except: [], "subscribedskus.*");

        Assert.All(skus, sku =>
        {
            Assert.NotNull(sku.SkuId);
            Assert.NotNull(sku.PartNumber);
        });
    }

    [SampleFact]
    public void Profiles_are_read()
    {
        var profiles = ReadAll("a profile", PartnerProfile.Read, except: [], "profiles.*");

        Assert.All(profiles, profile => Assert.NotNull(profile.CompanyName));
        Assert.All(profiles, profile => Assert.NotNull(profile.Country));
        Assert.Contains(profiles, profile => profile.TenantId is not null);
    }

    [SampleFact]
    public void Errors_are_read()
    {
        Assert.All(PublicSamples.Files("error.*"), file =>
        {
            var error = ServiceError.Read(File.ReadAllText(file));
            var named = Path.GetFileName(file).Split('.')[1];

            Assert.NotNull(error.Description);
            Assert.Equal(named == "429" ? null : named, error.Code);
        });
    }

    [SampleFact]
    public void Pages_lead_on_within_the_host()
    {
        var endpoint = new Uri("https://api.partnercenter.microsoft.com/v1/");

        Assert.All(PublicSamples.Files("*.list*", "*.search.response*", "auditrecords*"), file =>
        {
            if (NextPageLink.Read(Parse(file), endpoint) is { } next)
            {
                Assert.Equal(endpoint.Host, new Uri(endpoint, next.Route.Path).Host);
            }
        });
    }

    private static JToken? Parse(string file)
    {
        using var text = File.OpenText(file);
        return ServiceJson.Parse(text);
    }

    private static List<T> ReadAll<T>(string resource, Func<ResourceReader, T> read, string[] except, params string[] patterns)
    {
        var all = new List<T>();
        foreach (var file in PublicSamples.Files(patterns).Where(file => !except.Contains(Path.GetFileName(file))))
        {
            var body = Parse(file);
            var name = $"{resource} in {Path.GetFileName(file)}";
            all.AddRange(body is JObject json && ServiceJson.Find(json, "items") is null
                ? [read(new ResourceReader(body, name))]
                : ResourceList.Read(body, name).Select(read));
        }

        Assert.NotEmpty(all);
        return all;
    }
}
