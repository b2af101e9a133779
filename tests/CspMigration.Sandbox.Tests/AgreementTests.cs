using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CspMigration.Sandbox.Tests.Support;
using Xunit;

namespace CspMigration.Sandbox.Tests;

public class AgreementTests
{
    private const string Template = "117a77b0-9360-443b-8795-c6dedc750cf9";

    [Theory]
    [InlineData("v1/agreements", "MicrosoftCloudAgreement")]
    [InlineData("v1/agreements?agreementType=microsoft_customer_agreement", "MicrosoftCustomerAgreement")]
    [InlineData("v1//agreements?agreementType=*", "MicrosoftCloudAgreement,MicrosoftCustomerAgreement")]
    public async Task There_are_two_agreements_and_the_older_one_is_the_default(string path, string types)
    {
        using var client = new Client();
        var items = (await client.Get(path)).Expect(200).Items;
        Assert.Equal(types, string.Join(",", items.Select(item => (string)item!["agreementType"]!)));
        Assert.All(items, item => Assert.NotNull(item!["templateId"]));
        Assert.All(items, item => Assert.NotNull(item!["agreementLink"]));
    }

    [Fact]
    public async Task An_unknown_type_is_refused()
    {
        using var client = new Client();
        _ = (await client.Get("v1/agreements?agreementType=Handshake")).ExpectError(400, 800002);
        _ = (await client.Get(client.CustomerPath + "/agreements?agreementType=Handshake")).ExpectError(400, 800002);
    }

    [Fact]
    public async Task A_confirmation_is_kept_as_it_was_sent()
    {
        using var client = new Client("contoso:agreement=missing");
        var created = (await client.Post(client.CustomerPath + "/agreements", Agreement())).Expect(201).Json;
        Assert.Equal("2018-06-14T00:00:00Z", (string?)created["dateAgreed"]);
        var path = client.CustomerPath + "/agreements?agreementType=MicrosoftCustomerAgreement";
        var listed = Assert.Single((await client.Get(path)).Expect(200).Items)!;
        Assert.Equal(("Tania", "1234567890"), ((string?)listed["primaryContact"]!["firstName"], (string?)listed["primaryContact"]!["phoneNumber"]));
        Assert.Equal((Template, "MicrosoftCustomerAgreement"), ((string?)listed["templateId"], (string?)listed["type"]));
        Assert.Equal("https://aka.ms/customeragreement", (string?)listed["agreementLink"]);
        Assert.Empty((await client.Get(client.CustomerPath + "/agreements")).Expect(200).Items);
        Assert.Single((await client.Get(client.CustomerPath + "/agreements?agreementType=*")).Items);
        _ = (await client.Order(Offers.OperationsPlan, 20)).Expect(201);
    }

    [Fact]
    public async Task It_is_confirmed_again_only_by_another_contact()
    {
        using var client = new Client("contoso:agreement=missing");
        var path = client.CustomerPath + "/agreements";
        _ = (await client.Post(path, Agreement())).Expect(201);
        _ = (await client.Post(path, Agreement())).ExpectError(400, 600061);
        var other = Agreement();
        other["PrimaryContact"]!["LastName"] = "Lund";
        _ = (await client.Post(path, other)).Expect(201);
        Assert.Equal(2, (await client.Get(path + "?agreementType=*")).Items.Count);
    }

    [Theory]
    [InlineData("PrimaryContact", null)]
    [InlineData("TemplateId", null)]
    [InlineData("TemplateId", "998b88de-aa99-4388-a42c-1b3517d49490")]
    [InlineData("DateAgreed", null)]
    [InlineData("DateAgreed", "yesterday")]
    [InlineData("DateAgreed", "2026-03-11T00:00:00Z")]
    [InlineData("Type", null)]
    [InlineData("Type", "Handshake")]
    public async Task A_confirmation_without_its_required_members_is_refused(string member, string? value)
    {
        using var client = new Client("contoso:agreement=missing");
        var agreement = Agreement();
        agreement[member] = value;
        _ = (await client.Post(client.CustomerPath + "/agreements", agreement)).ExpectError(400, 3000);
        Assert.Empty((await client.Get(client.CustomerPath + "/agreements?agreementType=*")).Items);
    }

    [Theory]
    [InlineData("FirstName")]
    [InlineData("LastName")]
    [InlineData("Email")]
    public async Task The_contact_who_accepted_it_needs_a_name_and_an_address(string member)
    {
        using var client = new Client("contoso:agreement=missing");
        var agreement = Agreement();
        agreement["PrimaryContact"]![member] = "";
        _ = (await client.Post(client.CustomerPath + "/agreements", agreement)).ExpectError(400, 3000);
    }

    [Fact]
    public async Task The_cloud_agreement_does_not_stand_for_the_customer_agreement()
    {
        using var client = new Client("contoso:agreement=missing");
        var agreement = Agreement();
        agreement["Type"] = "MicrosoftCloudAgreement";
        agreement["TemplateId"] = "998b88de-aa99-4388-a42c-1b3517d49490";
        _ = (await client.Post(client.CustomerPath + "/agreements", agreement)).Expect(201);
        Assert.Single((await client.Get(client.CustomerPath + "/agreements")).Items);
        _ = (await client.Order(Offers.OperationsPlan, 20)).ExpectError(403, 13605);
    }

    [Fact]
    public async Task No_customer_has_signed_directly()
    {
        using var client = new Client();
        Assert.False((bool)(await client.Get(client.CustomerPath + "/directSignedMicrosoftCustomerAgreementStatus")).Expect(200).Json["isSigned"]!);
    }

    private static JsonObject Agreement() => new()
    {
        ["UserId"] = null,
        ["PrimaryContact"] = new JsonObject { ["FirstName"] = "Tania", ["LastName"] = "Carr", ["Email"] = "someone@example.com", ["PhoneNumber"] = "1234567890" },
        ["TemplateId"] = Template.ToUpperInvariant(),
        ["DateAgreed"] = "2018-06-14T00:00:00.000Z",
        ["Type"] = "microsoftCustomerAgreement",
        ["AgreementLink"] = null,
    };
}
