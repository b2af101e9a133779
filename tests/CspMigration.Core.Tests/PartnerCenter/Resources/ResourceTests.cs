using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Resources;
using FsCheck.Fluent;
using Newtonsoft.Json;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Resources;

public sealed class ResourceTests
{
    private static readonly IReadOnlyList<Func<ResourceReader, object>> Readers =
    [
        Subscription.Read, Customer.Read, Offer.Read, Order.Read, User.Read, SubscribedSku.Read, UserLicense.Read, ProvisioningStatus.Read, PartnerProfile.Read,
    ];

    private static ResourceReader Reader(string json) => new(ServiceJson.Parse(json), "a thing");

    [Fact]
    public void A_customer_is_read_with_its_country()
    {
        var customer = Customer.Read(Reader(ResourceTexts.Customer));

        Assert.Equal(ResourceTexts.CustomerId, customer.Id.ToString());
        Assert.Equal("Contoso", customer.CompanyName);
        Assert.Equal("contoso.example", customer.Domain);
        Assert.Equal("DE", customer.Country);
        Assert.Equal("reseller", customer.RelationshipToPartner);
    }

    [Theory]
    [InlineData("""{"id":"1","companyProfile":{"companyName":"Contoso"}}""", null)]
    [InlineData("""{"id":"1","companyProfile":{"companyName":"Contoso","address":{"country":"AT"}}}""", "AT")]
    [InlineData("""{"id":"1","companyProfile":{"companyName":"Contoso","address":{"country":"AT"}},"billingProfile":{"defaultAddress":{"country":"DE"}}}""", "DE")]
    [InlineData("""{"id":"1","billingProfile":{"companyName":"Contoso","defaultAddress":{}}}""", null)]
    public void A_customers_country_is_that_of_the_billing_address_and_unknown_in_a_list(string json, string? country)
    {
        var customer = Customer.Read(Reader(json));

        Assert.Equal("Contoso", customer.CompanyName);
        Assert.Equal(country, customer.Country);
    }

    [Fact]
    public void An_offer_is_read_with_its_limits()
    {
        var offer = Offer.Read(Reader(ResourceTexts.Offer));

        Assert.Equal("1EC5A993-0779-43A9-A857-AC8FE83E977B", offer.Id.ToString());
        Assert.Equal("ccba3cfe-71ef-423a-bd87-b6df3dce59a9", offer.SkuId.ToString());
        Assert.Equal(20, offer.MinimumQuantity);
        Assert.Equal(10_000_000, offer.MaximumQuantity);
        Assert.Equal(["annual", "monthly"], offer.BillingCycles);
        Assert.True(offer.IsAvailableForPurchase);
        Assert.False(offer.IsTrial);
        Assert.False(offer.IsAddOn);
        Assert.Null(offer.LimitUnit);
        Assert.Null(offer.Limit);
    }

    [Theory]
    [InlineData("""{"id":"1","limit":1,"limitUnitOfMeasure":"Lifetime"}""", 1, "Lifetime")]
    [InlineData("""{"id":"1","limit":"3","limitUnitOfMeasure":"concurrent"}""", 3, "concurrent")]
    [InlineData("""{"id":"1","limit":5,"limitUnitOfMeasure":"none"}""", null, null)]
    [InlineData("""{"id":"1","limit":5}""", null, null)]
    public void An_offer_is_limited_only_where_it_names_a_unit(string json, int? limit, string? unit)
    {
        var offer = Offer.Read(Reader(json));

        Assert.Equal(limit, offer.Limit);
        Assert.Equal(unit, offer.LimitUnit);
    }

    [Fact]
    public void An_offer_that_says_little_has_one_seat_at_least_and_is_not_for_sale()
    {
        var offer = Offer.Read(Reader("""{"id":"1","maximumQuantity":0}"""));

        Assert.Equal(1, offer.MinimumQuantity);
        Assert.Null(offer.MaximumQuantity);
        Assert.Empty(offer.BillingCycles);
        Assert.Empty(offer.Prerequisites);
        Assert.False(offer.IsAvailableForPurchase);
    }

    [Fact]
    public void An_order_is_read_with_its_lines()
    {
        var order = Order.Read(Reader(ResourceTexts.Order));

        var line = Assert.Single(order.LineItems);
        Assert.Equal("8bb8e4b2-5f0f-4c2d-a1a3-6f1d1b8d2e77", order.Id.ToString());
        Assert.False(order.IsCancelled);
        Assert.Equal("1EC5A993-0779-43A9-A857-AC8FE83E977B", line.OfferId.ToString());
        Assert.Equal(ResourceTexts.SubscriptionId, line.SubscriptionId.ToString());
        Assert.Equal("Plan", line.FriendlyName);
    }

    [Fact]
    public void An_order_says_that_it_is_canceled_in_any_casing()
    {
        Assert.True(Order.Read(Reader("""{"id":"1","status":"Cancelled"}""")).IsCancelled);
    }

    [Fact]
    public void An_order_line_that_is_not_fulfilled_has_no_subscription()
    {
        var order = Order.Read(Reader("""{"id":"1","lineItems":[{"offerId":"2","quantity":3}]}"""));

        Assert.Null(order.LineItems[0].SubscriptionId);
    }

    [Theory]
    [InlineData("active", false)]
    [InlineData("inactive", true)]
    [InlineData("Inactive", true)]
    public void A_user_that_is_inactive_is_deleted(string state, bool isDeleted)
    {
        Assert.Equal(isDeleted, User.Read(Reader($$"""{"id":"1","state":"{{state}}"}""")).IsDeleted);
    }

    [Fact]
    public void A_user_may_have_no_usage_location()
    {
        Assert.Equal("DE", User.Read(Reader(ResourceTexts.User)).UsageLocation);
        Assert.Null(User.Read(Reader("""{"id":"1","usageLocation":""}""")).UsageLocation);
    }

    [Fact]
    public void The_units_of_a_SKU_are_read()
    {
        var sku = SubscribedSku.Read(Reader(ResourceTexts.SubscribedSku));

        Assert.Equal("54b84594-9c77-4499-8d65-5e0d5f410e78", sku.SkuId.ToString());
        Assert.Equal("AX_TASK_USER", sku.PartNumber);
        Assert.Equal((25, 20), (sku.ActiveUnits, sku.ConsumedUnits));
        Assert.Equal("AX_TASK", Assert.Single(sku.ServicePlans).ServiceName);
    }

    [Theory]
    [InlineData("Disabled", true)]
    [InlineData("disabled", true)]
    [InlineData("Deleted", true)]
    [InlineData("Success", false)]
    [InlineData("PendingInput", false)]
    [InlineData("BrandNewWord", false)]
    [InlineData("", false)]
    public void A_service_plan_is_switched_off_only_by_a_word_that_says_so(string status, bool isOff)
    {
        Assert.Equal(isOff, ServicePlan.Read(Reader($$"""{"capabilityStatus":"{{status}}"}""")).IsSwitchedOff);
    }

    [Theory]
    [InlineData("success", true, false)]
    [InlineData("Success", true, false)]
    [InlineData("pending", false, false)]
    [InlineData("failed", false, true)]
    [InlineData("none", false, false)]
    [InlineData("", false, false)]
    public void Provisioning_has_succeeded_failed_or_neither(string status, bool succeeded, bool failed)
    {
        var read = ProvisioningStatus.Read(Reader($$"""{"status":"{{status}}"}"""));

        Assert.Equal((succeeded, failed), (read.Succeeded, read.Failed));
        Assert.Null(read.SkuId);
    }

    [Theory]
    [InlineData("""{"companyName":"Fabrikam","address":{"country":"DE"}}""", null, "DE")]
    [InlineData("""{"id":"1","tenantId":"2","companyName":"Fabrikam","defaultAddress":{"country":"AT"}}""", "2", "AT")]
    [InlineData("""{"id":"1","companyName":"Fabrikam"}""", "1", null)]
    public void A_partner_profile_is_read_in_both_its_forms(string json, string? tenantId, string? country)
    {
        var profile = PartnerProfile.Read(Reader(json));

        Assert.Equal("Fabrikam", profile.CompanyName);
        Assert.Equal(tenantId, profile.TenantId);
        Assert.Equal(country, profile.Country);
    }

    [Fact]
    public void A_damaged_answer_is_never_more_than_an_unexpected_answer()
    {
        var bodies = JsonTexts.Damaged(Gen.Elements(ResourceTexts.All.Select(body => ResourceTexts.List(body)).Concat(ResourceTexts.All)));

        Always.Holds(
            bodies,
            body =>
            {
                foreach (var read in Readers)
                {
                    OnlyExpectedFailures(() => _ = read(Reader(body)));
                    OnlyExpectedFailures(() => _ = ResourceList.Read(ServiceJson.Parse(body), "a thing").Select(read).ToList());
                }
            },
            times: 1000);

        static void OnlyExpectedFailures(Action read)
        {
            try
            {
                read();
            }
            catch (CspMigrationException e)
            {
                Assert.Equal("UnexpectedAnswer", e.ErrorId);
            }
            catch (JsonException)
            {
                // What is not JSON at all is found before any resource is read.
            }
        }
    }
}
