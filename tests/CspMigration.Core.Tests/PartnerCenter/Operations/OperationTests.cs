using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Operations;
using CspMigration.TestSupport;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Operations;

public sealed class OperationTests : IDisposable
{
    private readonly VirtualTime _clock = VirtualTime.Automatic();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Customers_are_asked_for_in_the_largest_pages()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Customer)));
        using var service = new ScriptedService(_clock, handler);

        var customers = await ReadAsync(service.Client.Customers.PagesAsync(CancellationToken.None));

        Assert.Equal("Contoso", Assert.Single(customers).CompanyName);
        Assert.Equal("/v1/customers?size=500", handler.Requests[0].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Customers_are_filtered_by_the_beginning_of_their_name()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.List()));
        using var service = new ScriptedService(_clock, handler);

        _ = await ReadAsync(service.Client.Customers.NamedPagesAsync("A&B \"Söhne\"", CancellationToken.None));

        var query = handler.Requests[0].Uri.Query;
        var filter = JToken.Parse(Uri.UnescapeDataString(query[(query.IndexOf("filter=", StringComparison.Ordinal) + "filter=".Length)..]));
        Assert.StartsWith("?size=500&filter=", query, StringComparison.Ordinal);
        Assert.Equal("A&B \"Söhne\"", (string?)filter["Value"]);
        Assert.Equal("CompanyName", (string?)filter["Field"]);
        Assert.Equal("starts_with", (string?)filter["Operator"]);
    }

    [Fact]
    public async Task One_customer_is_read_by_id()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.Customer));
        using var service = new ScriptedService(_clock, handler);

        Assert.Equal("DE", (await service.Client.Customers.GetAsync(CustomerId.From("c1"), CancellationToken.None)).Country);
        Assert.Equal("/v1/customers/c1", handler.Requests[0].Uri.PathAndQuery);
    }

    [Fact]
    public async Task Offers_are_those_of_a_country()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Offer)));
        using var service = new ScriptedService(_clock, handler);

        _ = Assert.Single(await service.Client.Offers.ListAsync("DE", CancellationToken.None));
        Assert.Equal("/v1/offers?country=DE", handler.Requests[0].Uri.PathAndQuery);
    }

    [Fact]
    public async Task An_order_has_one_line_and_goes_under_its_key()
    {
        var key = Guid.NewGuid();
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.Order, 201));
        using var service = new ScriptedService(_clock, handler);
        var line = new NewOrderLine { OfferId = CatalogItemId.From("o1"), FriendlyName = "Plan (from 1A2B3C4D)", Quantity = 25, BillingCycle = "monthly" };

        var order = await service.Client.Orders.CreateAsync(CustomerId.From("c1"), line, key, CancellationToken.None);

        Assert.Equal("8bb8e4b2-5f0f-4c2d-a1a3-6f1d1b8d2e77", order.Id.ToString());
        Assert.Equal(key.ToString(), handler.Requests[0].Header("MS-RequestId"));
        Assert.Equal("/v1/customers/c1/orders", handler.Requests[0].Uri.PathAndQuery);
        AssertJson(
            """{"ReferenceCustomerId":"c1","BillingCycle":"monthly","LineItems":[{"LineItemNumber":0,"OfferId":"o1","FriendlyName":"Plan (from 1A2B3C4D)","Quantity":25}]}""",
            handler.Requests[0].Body);
    }

    [Fact]
    public async Task An_order_names_the_partner_of_record_and_attests_to_it()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.Order, 201));
        using var service = new ScriptedService(_clock, handler);
        var line = new NewOrderLine { OfferId = CatalogItemId.From("o1"), FriendlyName = "Plan", Quantity = 25, BillingCycle = "annual", PartnerIdOnRecord = "4847383" };

        _ = await service.Client.Orders.CreateAsync(CustomerId.From("c1"), line, Guid.NewGuid(), CancellationToken.None);

        var body = JToken.Parse(handler.Requests[0].Body!);
        Assert.Equal("4847383", (string?)body["LineItems"]![0]!["PartnerIdOnRecord"]);
        Assert.True((bool?)body["PartnerOnRecordAttestationAccepted"]);
    }

    [Fact]
    public async Task Orders_are_read_one_and_all()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.Order), ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Order)));
        using var service = new ScriptedService(_clock, handler);

        Assert.NotNull(await service.Client.Orders.FindAsync(CustomerId.From("c1"), OrderId.From("o1"), CancellationToken.None));
        _ = Assert.Single(await service.Client.Orders.ListAsync(CustomerId.From("c1"), CancellationToken.None));

        Assert.Equal(["/v1/customers/c1/orders/o1", "/v1/customers/c1/orders"], handler.Requests.Select(request => request.Uri.PathAndQuery));
    }

    [Fact]
    public async Task Users_their_licenses_and_the_units_are_read()
    {
        var handler = new ScriptedHandler(
            _clock,
            ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.User)),
            ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.UserLicense)),
            ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.SubscribedSku)));
        using var service = new ScriptedService(_clock, handler);

        var users = await ReadAsync(service.Client.Users.PagesAsync(CustomerId.From("c1"), CancellationToken.None));
        var licenses = await service.Client.Users.ListLicensesAsync(CustomerId.From("c1"), UserId.From("u1"), CancellationToken.None);
        var skus = await service.Client.Users.ListSubscribedSkusAsync(CustomerId.From("c1"), CancellationToken.None);

        Assert.Equal("mia@contoso.example", Assert.Single(users).UserPrincipalName);
        Assert.True(Assert.Single(Assert.Single(licenses).ServicePlans).IsSwitchedOff);
        Assert.Equal(25, Assert.Single(skus).ActiveUnits);
        Assert.Equal(
            ["/v1/customers/c1/users?size=500", "/v1/customers/c1/users/u1/licenses", "/v1/customers/c1/subscribedskus"],
            handler.Requests.Select(request => request.Uri.PathAndQuery));
    }

    [Fact]
    public async Task Licenses_are_set_and_others_cleared_in_one_update()
    {
        var key = Guid.NewGuid();
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json("""{"licensesToAssign":[]}""", 201));
        using var service = new ScriptedService(_clock, handler);

        await service.Client.Users.UpdateLicensesAsync(
            CustomerId.From("c1"), UserId.From("u1"), [new(SkuId.From("new"), [ServicePlanId.From("p1"), ServicePlanId.From("p2")]), new(SkuId.From("other"), [])], [SkuId.From("old"), SkuId.From("older")], key, CancellationToken.None);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(("POST", "/v1/customers/c1/users/u1/licenseupdates"), (request.Method, request.Uri.PathAndQuery));
        Assert.Equal(key.ToString(), request.Header("MS-RequestId"));
        AssertJson(
            """{"licensesToAssign":[{"skuId":"new","excludedPlans":["p1","p2"]},{"skuId":"other","excludedPlans":[]}],"licensesToRemove":["old","older"]}""",
            request.Body);
    }

    [Fact]
    public async Task A_usage_location_is_set_alone()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.User));
        using var service = new ScriptedService(_clock, handler);

        await service.Client.Users.SetUsageLocationAsync(CustomerId.From("c1"), UserId.From("u1"), "DE", CancellationToken.None);

        var request = Assert.Single(handler.Requests);
        Assert.Equal(("PATCH", "/v1/customers/c1/users/u1"), (request.Method, request.Uri.PathAndQuery));
        AssertJson("""{"usageLocation":"DE","attributes":{"objectType":"CustomerUser"}}""", request.Body);
    }

    [Fact]
    public async Task An_add_on_goes_into_the_order_of_its_base_and_is_not_sent_twice()
    {
        var key = Guid.NewGuid();
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Json(ResourceTexts.Order), ScriptedAnswer.Empty(503));
        using var service = new ScriptedService(_clock, handler);
        var line = new NewOrderLine { OfferId = CatalogItemId.From("o1"), FriendlyName = "Add-on", Quantity = 5, BillingCycle = "monthly" };

        _ = await service.Client.Orders.AddAddOnAsync(CustomerId.From("c1"), OrderId.From("order1"), SubscriptionId.From("s1"), line, key, CancellationToken.None);
        var e = await Assert.ThrowsAsync<CspMigrationException>(
            () => service.Client.Orders.AddAddOnAsync(CustomerId.From("c1"), OrderId.From("order1"), SubscriptionId.From("s1"), line, key, CancellationToken.None));

        Assert.Equal(("PATCH", "/v1/customers/c1/orders/order1"), (handler.Requests[0].Method, handler.Requests[0].Uri.PathAndQuery));
        Assert.Equal(key.ToString(), handler.Requests[0].Header("MS-RequestId"));
        AssertJson(
            """{"ReferenceCustomerId":"c1","LineItems":[{"LineItemNumber":0,"OfferId":"o1","FriendlyName":"Add-on","Quantity":5,"ParentSubscriptionId":"s1"}]}""",
            handler.Requests[0].Body);
        Assert.True(e.OutcomeUnknown);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_license_update_of_unknown_outcome_is_not_sent_again()
    {
        var handler = new ScriptedHandler(_clock, ScriptedAnswer.Empty(503));
        using var service = new ScriptedService(_clock, handler);

        var e = await Assert.ThrowsAsync<CspMigrationException>(
            () => service.Client.Users.UpdateLicensesAsync(CustomerId.From("c1"), UserId.From("u1"), [new(SkuId.From("new"), [])], [SkuId.From("old")], Guid.NewGuid(), CancellationToken.None));

        Assert.True(e.OutcomeUnknown);
        Assert.Equal("c1", e.CustomerId);
    }

    [Fact]
    public async Task Both_profiles_of_the_partner_are_read()
    {
        var handler = new ScriptedHandler(_clock, _ => ScriptedAnswer.Json(ResourceTexts.PartnerProfile));
        using var service = new ScriptedService(_clock, handler);

        Assert.Equal("Fabrikam", (await service.Client.Profiles.GetOrganizationAsync(CancellationToken.None)).CompanyName);
        Assert.Equal("DE", (await service.Client.Profiles.GetLegalBusinessAsync(CancellationToken.None)).Country);
        Assert.Equal(["/v1/profiles/organization", "/v1/profiles/legalbusiness"], handler.Requests.Select(request => request.Uri.PathAndQuery));
    }

    private static void AssertJson(string expected, string? actual)
    {
        Assert.True(JToken.DeepEquals(JToken.Parse(expected), JToken.Parse(actual!)), actual);
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages)
        {
            all.AddRange(page);
        }

        return all;
    }
}
