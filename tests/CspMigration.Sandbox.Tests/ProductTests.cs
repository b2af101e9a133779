using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class ProductTests
{
    private const string OperationsProduct = "v1/products/CFQ7TTC0SB01";

    [Theory]
    [InlineData("ccba3cfe-71ef-423a-bd87-b6df3dce59a9")]
    [InlineData("549c4efe-09a2-462b-9393-9b57dfdea76b")]
    [InlineData("b75074f1-4c54-41bf-970f-c9ac871567f5")]
    [InlineData("7ac9fe77-66b7-4e5e-9e46-10eed1cff547")]
    [InlineData("3bbd44ed-8a70-4c07-9088-6232ddbd5ddd")]
    [InlineData("ea126fc5-a19e-42e2-a731-da9d437bffcf")]
    [InlineData("1e1a282c-9c54-43a2-9310-98ef728faace")]
    [InlineData("749742bf-0d37-4158-a120-33567104deeb")]
    [InlineData("c7d15985-e746-4f01-b113-20b575898250")]
    [InlineData("28b81ef4-b535-4e5c-ae14-bd40148c89c5")]
    public async Task Every_target_has_a_twin_with_the_same_directory_sku(string skuId)
    {
        using var client = new Client("contoso:legacyCommerce=closed");
        Assert.StartsWith("CFQ7TTC0", await Shop.Find(client, client.CustomerPath, skuId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sku_and_its_availability_read_as_documented()
    {
        using var client = new Client();
        var sku = Assert.Single((await client.Get(OperationsProduct + "/skus?country=US")).Expect(200).Items)!;
        Assert.Equal("0001", (string?)sku["id"]);
        Assert.Equal(20, (int)sku["minimumQuantity"]!);
        Assert.False((bool)sku["isTrial"]!);
        Assert.False((bool)sku["dynamicAttributes"]!["isAddon"]!);
        var availability = (await client.Get(OperationsProduct + "/skus/0001/availabilities?country=US&targetSegment=commercial")).Expect(200).Items[0]!;
        Assert.Equal($"CFQ7TTC0SB01:0001:{availability["id"]}", (string?)availability["catalogItemId"]);
        Assert.True((bool)availability["isPurchasable"]!);
        Assert.Equal("commercial", (string?)availability["segment"]);
        var terms = availability["terms"]!.AsArray().Select(term => $"{term!["duration"]} {term["billingCycle"]}");
        Assert.Equal(["P1M monthly", "P1Y monthly", "P1Y annual"], terms);
        _ = (await client.Get($"{OperationsProduct}/skus/0001/availabilities/{availability["id"]}?country=US")).Expect(200);
        _ = (await client.Get(OperationsProduct + "/skus/0001?country=US")).Expect(200);
        _ = (await client.Get(OperationsProduct + "?country=US")).Expect(200);
    }

    [Fact]
    public async Task An_availability_has_another_id_tomorrow()
    {
        using var client = new Client();
        var path = OperationsProduct + "/skus/0001/availabilities?country=US&targetSegment=commercial";
        var today = (string)(await client.Get(path)).Items[0]!["id"]!;
        Assert.Equal(today, (string)(await client.Get(path)).Items[0]!["id"]!);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        Assert.NotEqual(today, (string)(await client.Get(path)).Items[0]!["id"]!);
        _ = (await client.Get($"{OperationsProduct}/skus/0001/availabilities/{today}?country=US")).ExpectError(404, 400019);
    }

    [Fact]
    public async Task The_segment_decides_what_is_on_sale()
    {
        using var client = new Client();
        var all = (await client.Get("v1/products?country=US&targetView=OnlineServices")).Expect(200).Items.Count;
        var education = (await client.Get("v1/products?country=US&targetView=onlineservices&targetSegment=Education")).Expect(200).Items.Select(product => (string)product!["id"]!).ToList();
        Assert.True(education.Count < all);
        Assert.DoesNotContain("CFQ7TTC0SB01", education);
        _ = (await client.Get(OperationsProduct + "?country=US&targetSegment=education")).ExpectError(404, 400013);
        _ = (await client.Get(OperationsProduct + "?country=US&targetSegment=students")).ExpectError(400, 400030);
        _ = (await client.Get(client.CustomerPath + "/products?targetView=OnlineServices&targetSegment=education")).ExpectError(400, 400030);
    }

    [Fact]
    public async Task A_customer_who_qualifies_sees_its_segment_from_the_day_it_is_approved()
    {
        using var client = new Client();
        var path = client.CustomerPath + "/products?targetView=OnlineServices&targetSegment=education";
        _ = (await client.Get(path)).ExpectError(400, 400030);
        var posted = (await client.Post(client.CustomerPath + "/qualifications", new { Qualification = "education", EducationSegment = "k12", Website = (string?)null })).Expect(201).Json;
        Assert.Equal("InReview", (string?)posted["vettingStatus"]);
        Assert.NotNull(posted["vettingCreateDate"]);
        _ = (await client.Get(path)).ExpectError(400, 400030);
        client.Tenant.AdvanceClock(TimeSpan.FromDays(1));
        var qualification = (await client.Get(client.CustomerPath + "/qualifications")).Expect(200).Json.AsArray()[0]!;
        Assert.Equal(("Education", "Approved"), ((string?)qualification["qualification"], (string?)qualification["vettingStatus"]));
        Assert.NotEmpty((await client.Get(path)).Expect(200).Items);
    }

    [Theory]
    [InlineData("""{"qualification":"Royalty"}""", 400)]
    [InlineData("""{"qualification":null}""", 400)]
    [InlineData("""{"qualification":"Nonprofit"}""", 400)]
    [InlineData("""{"qualification":"None"}""", 400)]
    [InlineData("""{"qualification":"Education","educationSegment":null}""", 400)]
    [InlineData("""{"qualification":"Education","educationSegment":"Kindergarten"}""", 400)]
    [InlineData("""{"Qualification":"EDUCATION","EducationSegment":"higher_education","Website":"contoso.edu"}""", 201)]
    [InlineData("""{"qualification":"GovernmentCommunityCloud"}""", 400)]
    [InlineData("""{"qualification":"GovernmentCommunityCloud","validationCode":""}""", 400)]
    [InlineData("""{"qualification":"governmentcommunitycloud","validationCode":123456}""", 201)]
    [InlineData("""{"qualification":"StateOwnedEntity"}""", 201)]
    public async Task A_qualification_needs_its_evidence(string body, int status)
    {
        using var client = new Client();
        var reply = await client.Post(client.CustomerPath + "/qualifications", body);
        _ = status == 400 ? reply.ExpectError(400, 3000) : reply.Expect(201);
        Assert.Equal(status == 201 ? 1 : 0, (await client.Get(client.CustomerPath + "/qualifications")).Expect(200).Json.AsArray().Count);
    }

    [Fact]
    public async Task A_state_owned_entity_is_not_vetted()
    {
        using var client = new Client();
        var posted = (await client.Post(client.CustomerPath + "/qualifications", new { qualification = "StateOwnedEntity" })).Expect(201).Json;
        Assert.Equal("StateOwnedEntity", (string?)posted["qualification"]);
        Assert.Null(posted["vettingStatus"]);
    }

    [Theory]
    [InlineData("v1/products?country=US", 400, 400036)]
    [InlineData("v1/products?country=US&targetView=Everything", 400, 400036)]
    [InlineData("v1/products?targetView=OnlineServices", 400, 800002)]
    [InlineData("v1/products/NONE?country=US", 404, 400013)]
    [InlineData(OperationsProduct + "/skus/9999?country=US", 404, 400018)]
    [InlineData(OperationsProduct + "/skus/0001/availabilities/NONE?country=US", 404, 400019)]
    [InlineData("v1/products/CFQ7TTC0SB0F?country=US", 404, 400013)]
    public async Task Each_missing_resource_has_its_own_code(string path, int status, int code)
    {
        using var client = new Client();
        _ = (await client.Get(path)).ExpectError(status, code);
    }

    [Fact]
    public async Task An_availability_has_its_product_and_SKU_in_it()
    {
        using var client = new Client();
        foreach (var path in new[] { OperationsProduct + "/skus/0001/availabilities?country=US", client.CustomerPath + "/products/CFQ7TTC0SB01/skus/0001/availabilities" })
        {
            var availability = (await client.Get(path)).Expect(200).Items[0]!;
            Assert.Equal("CFQ7TTC0SB01", (string?)availability["product"]!["id"]);
            Assert.Equal(("0001", Offers.OperationsPlanSku), ((string?)availability["sku"]!["id"], (string?)availability["sku"]!["dynamicAttributes"]!["provisioningId"]));
        }
    }

    [Theory]
    [InlineData("v1/products?targetView=OnlineServices&country=XX")]
    [InlineData("v1/offers?country=UK")]
    [InlineData("v1/offercategories?country=USA")]
    public async Task A_country_that_does_not_exist_is_refused(string path)
    {
        using var client = new Client();
        _ = (await client.Get(path)).ExpectError(400, 800002);
    }

    [Fact]
    public async Task Other_target_views_are_empty()
    {
        using var client = new Client();
        Assert.Empty((await client.Get("v1/products?country=US&targetView=Azure")).Expect(200).Items);
    }
}
