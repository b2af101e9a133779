using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Resources;

public sealed class SubscriptionTests
{
    private static Subscription Read(string json) => Subscription.Read(new ResourceReader(ServiceJson.Parse(json), "a subscription"));

    [Fact]
    public void A_legacy_subscription_is_read_whole()
    {
        var subscription = Read(ResourceTexts.Subscription);

        Assert.Equal(ResourceTexts.SubscriptionId, subscription.Id.ToString());
        Assert.Equal("9E23E01E-00D0-4402-A5EF-27B275411D5A", subscription.OfferId.ToString());
        Assert.Equal("Dynamics AX Enterprise", subscription.OfferName);
        Assert.Equal("AX for the plant", subscription.FriendlyName);
        Assert.Equal(25, subscription.Quantity);
        Assert.True(subscription.IsActive);
        Assert.False(subscription.IsSuspended);
        Assert.True(subscription.IsLicenseBased);
        Assert.Equal("monthly", subscription.BillingCycle);
        Assert.Null(subscription.TermDuration);
        Assert.False(subscription.AutoRenewEnabled);
        Assert.False(subscription.IsTrial);
        Assert.Null(subscription.ParentSubscriptionId);
        Assert.Equal("8bb8e4b2-5f0f-4c2d-a1a3-6f1d1b8d2e77", subscription.OrderId.ToString());
        Assert.Equal("4847383", subscription.PartnerId);
        Assert.Equal("eyJ2IjoxfQ==", subscription.EntityTag);
        Assert.Equal(CommerceKind.Legacy, subscription.Commerce);
    }

    [Theory]
    [InlineData("""{"id":"1","offerId":"CFQ7TTC0LH18:0001:CFQ7TTC0K971"}""", CommerceKind.NewCommerce)]
    [InlineData("""{"id":"1","productType":{"id":"OnlineServicesNCE"}}""", CommerceKind.NewCommerce)]
    [InlineData("""{"id":"1","productType":{"id":"onlineservicesnce"}}""", CommerceKind.NewCommerce)]
    [InlineData("""{"id":"1","offerId":"9E23E01E-00D0-4402-A5EF-27B275411D5A","productType":{"id":"OnlineServices"}}""", CommerceKind.Legacy)]
    [InlineData("""{"id":"1","offerId":"MS-AZR-0145P"}""", CommerceKind.Legacy)]
    [InlineData("""{"id":"1"}""", CommerceKind.Legacy)]
    public void New_commerce_is_told_by_the_product_type_or_the_offer_id(string json, CommerceKind expected)
    {
        Assert.Equal(expected, Read(json).Commerce);
    }

    [Theory]
    [InlineData("""{"id":"1","commitmentEndDate":"2022-01-13T00:00:00Z"}""", "2022-01-13T23:59:59Z")]
    [InlineData("""{"id":"1","commitmentEndDate":"2022-01-13T08:00:00Z"}""", "2022-01-13T23:59:59Z")]
    [InlineData("""{"id":"1","commitmentEndDate":"2022-01-13"}""", "2022-01-13T23:59:59Z")]
    [InlineData("""{"id":"1","commitmentEndDate":"2022-01-13T00:00:00Z","commitmentEndDateTime":"2022-01-13T17:30:00Z"}""", "2022-01-13T17:30:00Z")]
    [InlineData("""{"id":"1","commitmentEndDate":"2022-01-13T00:00:00Z","commitmentEndDateTime":"0001-01-01T00:00:00"}""", "2022-01-13T23:59:59Z")]
    [InlineData("""{"id":"1","commitmentEndDate":"9999-12-31T00:00:00Z"}""", "9999-12-31T00:00:00Z")]
    public void A_term_ends_at_the_exact_moment_if_given_and_else_at_the_end_of_the_day(string json, string expected)
    {
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Read(json).CommitmentEnd);
    }

    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":"1","commitmentEndDate":"0001-01-01T00:00:00"}""")]
    [InlineData("""{"id":"1","commitmentEndDate":"tomorrow"}""")]
    public void Without_a_readable_date_the_end_of_the_term_is_unknown(string json)
    {
        Assert.Null(Read(json).CommitmentEnd);
    }

    [Theory]
    [InlineData("/offers/91FD106F-4B2C-4938-95AC-F54F74E9A239?country=US")]
    [InlineData("/v1/offers/91FD106F-4B2C-4938-95AC-F54F74E9A239")]
    [InlineData("/v1/offers/91FD106F-4B2C-4938-95AC-F54F74E9A239/")]
    public void A_missing_offer_id_is_taken_from_the_link_to_the_offer(string uri)
    {
        var subscription = Read($$$"""{"id":"1","links":{"offer":{"method":"GET","uri":"{{{uri}}}"} } }""");

        Assert.Equal("91FD106F-4B2C-4938-95AC-F54F74E9A239", subscription.OfferId.ToString());
    }

    [Fact]
    public void Words_nobody_knows_are_kept()
    {
        var subscription = Read("""{"id":"1","status":"disabled","billingCycle":"fortnightly"}""");

        Assert.Equal("disabled", subscription.Status);
        Assert.Equal("fortnightly", subscription.BillingCycle);
        Assert.False(subscription.IsActive);
        Assert.False(subscription.IsSuspended);
    }

    [Theory]
    [InlineData("active", true, false)]
    [InlineData("Active", true, false)]
    [InlineData("SUSPENDED", false, true)]
    [InlineData("deleted", false, false)]
    public void The_status_is_understood_in_any_casing(string status, bool isActive, bool isSuspended)
    {
        var subscription = Read($$"""{"id":"1","status":"{{status}}"}""");

        Assert.Equal(isActive, subscription.IsActive);
        Assert.Equal(isSuspended, subscription.IsSuspended);
    }

    [Fact]
    public void Without_an_id_it_is_an_unexpected_answer()
    {
        var e = Assert.Throws<CspMigrationException>(() => Read("""{"offerId":"9E23E01E-00D0-4402-A5EF-27B275411D5A"}"""));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Equal("The service sent a subscription without \"id\".", e.Problem);
    }

    [Fact]
    public void A_change_leaves_what_was_read_as_it_is()
    {
        var subscription = Read(ResourceTexts.Subscription);

        _ = subscription.With([new("status", "suspended")]);

        Assert.Equal("active", (string?)subscription.With([])["status"]);
    }

    [Fact]
    public void Whatever_the_service_sends_comes_back_with_nothing_but_the_change()
    {
        var subscriptions =
            from members in JsonTexts.Members
            from status in Gen.Elements("status", "Status", "STATUS", "")
            from place in Gen.Choose(0, 100)
            select WithStatus(members, status, place);

        Always.Holds(subscriptions, members =>
        {
            var sent = JsonTexts.Object(members);
            var changed = Read(sent).With([new("status", "suspended")]).ToString(Formatting.None);

            var expected = members.Select(member => IsStatus(member.Key) ? KeyValuePair.Create(member.Key, "\"suspended\"") : member).ToList();
            if (!expected.Exists(member => IsStatus(member.Key)))
            {
                expected.Add(KeyValuePair.Create("status", "\"suspended\""));
            }

            AssertSame(JsonTexts.Object(expected), changed);
        });

        static bool IsStatus(string name) => name.Equals("status", StringComparison.OrdinalIgnoreCase);

        static List<KeyValuePair<string, string>> WithStatus(IReadOnlyList<KeyValuePair<string, string>> members, string status, int place)
        {
            var all = members.ToList();
            all.Insert(0, KeyValuePair.Create("id", "\"1A2B3C4D\""));
            all.Add(KeyValuePair.Create("quantity", "25"));
            if (status.Length > 0)
            {
                all.Insert(place % all.Count, KeyValuePair.Create(status, "\"active\""));
            }

            return all;
        }
    }

    // Compared with another JSON reader, which shows every number as it is spelled.
    private static void AssertSame(string expected, string actual)
    {
        using var one = JsonDocument.Parse(expected);
        using var other = JsonDocument.Parse(actual);
        Assert.Equal(Spell(one.RootElement), Spell(other.RootElement));

        static string Spell(JsonElement value)
        {
            return value.ValueKind switch
            {
                JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().Select(member => JToken.FromObject(member.Name).ToString(Formatting.None) + ":" + Spell(member.Value))) + "}",
                JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Spell)) + "]",
                JsonValueKind.String => JToken.FromObject(value.GetString()!).ToString(Formatting.None),
                _ => value.GetRawText(),
            };
        }
    }
}
