using System;
using CspMigration.Contracts;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class ServiceRouteTests
{
    private static readonly Uri Base = new("https://partner.example/v1/");

    [Theory]
    [InlineData("a/b")]
    [InlineData("a/../../b")]
    [InlineData("a?x=1")]
    [InlineData("a#b")]
    [InlineData("a b")]
    [InlineData("a%2Fb")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("é\u65E5\U0001F600")]
    [InlineData("a\r\nX-Header: 1")]
    [InlineData("...a")]
    [InlineData("product:sku:availability")]
    public void An_id_never_leads_elsewhere_and_is_found_again(string id)
    {
        var route = ServiceRoute.Of($"customers/{id}/subscriptions/{id}");
        var address = new Uri(Base, route.Path);

        Assert.Equal("partner.example", address.Authority);
        Assert.Equal(5, address.Segments.Length - 1);
        Assert.Equal("/v1/customers/", string.Concat(address.Segments[..3]));
        Assert.Equal("", address.Query);
        Assert.Equal(id, route.CustomerId);
        Assert.Equal(id, route.SubscriptionId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    public void An_id_that_is_no_name_is_refused(string? id)
    {
        var e = Assert.Throws<CspMigrationException>(() => ServiceRoute.Of($"customers/{id}/users"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
    }

    [Fact]
    public void No_text_whatever_leads_off_its_place_in_the_path()
    {
        var ids = Gen.Elements("a", "..", "/", "\\", "%2e", "%", ":", "?", "#", "@", "//evil.example", "\u0000", "\r\n", " ", "\u202E", "．")
            .ArrayOf().Select(parts => "x" + string.Concat(parts));

        Always.Holds(ids, id =>
        {
            var address = new Uri(Base, ServiceRoute.Of($"customers/{id}/users").Path);

            Assert.Equal("partner.example", address.Authority);
            Assert.StartsWith("/v1/customers/x", address.AbsolutePath, StringComparison.Ordinal);
            Assert.EndsWith("/users", address.AbsolutePath, StringComparison.Ordinal);
            Assert.Equal(5, address.Segments.Length);
        });
    }

    [Theory]
    [InlineData("customers", "Customers")]
    [InlineData("customers/c1", "Customers")]
    [InlineData("customers/c1/users/u1/licenses", "Customers")]
    [InlineData("customers/c1/subscribedskus", "Customers")]
    [InlineData("offers?country=DE", "Customers")]
    [InlineData("profiles/legalbusiness", "Customers")]
    [InlineData("customers/c1/subscriptions", "Subscriptions")]
    [InlineData("customers/c1/Subscriptions?order_id=1", "Subscriptions")]
    [InlineData("customers/c1/subscriptions/s1/provisioningstatus", "Subscriptions")]
    [InlineData("customers/c1/orders", "Orders")]
    [InlineData("customers/c1/orders/o1", "Orders")]
    [InlineData("customers/c1/carts", "Orders")]
    [InlineData("customers/c1/carts/1/checkout", "Orders")]
    [InlineData("customers?filter=orders", "Customers")]
    public void A_path_belongs_to_the_family_the_service_counts_it_in(string path, string family)
    {
        Assert.Equal(Enum.Parse<RequestFamily>(family), ServiceRoute.OfLink(path).Family);
    }

    [Theory]
    [InlineData("customers/c1", "c1", null, true)]
    [InlineData("customers/c1?x=1", "c1", null, true)]
    [InlineData("customers/c1/subscriptions", "c1", null, true)]
    [InlineData("customers/c1/users?size=500", "c1", null, true)]
    [InlineData("customers/c1/users/u1", "c1", null, false)]
    [InlineData("customers/c1/orders", "c1", null, false)]
    [InlineData("customers/c1/carts", "c1", null, false)]
    [InlineData("customers/c1/subscriptions/s1", "c1", "s1", false)]
    [InlineData("Customers/c%201/Subscriptions/s1/addons", "c 1", "s1", false)]
    [InlineData("customers", null, null, false)]
    [InlineData("customers?size=500", null, null, false)]
    [InlineData("offers", null, null, false)]
    public void Customer_and_subscription_are_read_from_the_path(string path, string? customerId, string? subscriptionId, bool isOfCustomerAlone)
    {
        var route = ServiceRoute.OfLink(path);

        Assert.Equal(customerId, route.CustomerId);
        Assert.Equal(subscriptionId, route.SubscriptionId);
        Assert.Equal(isOfCustomerAlone, route.IsOfCustomerAlone);
    }

    [Fact]
    public void A_query_is_escaped_and_what_has_no_value_is_left_out()
    {
        var route = ServiceRoute.Of($"customers?size={500}").WithQuery(("filter", "{\"Value\":\"A&B=C d\"}"), ("empty", ""), ("none", null));

        Assert.Equal("customers?size=500&filter=%7B%22Value%22%3A%22A%26B%3DC%20d%22%7D", route.Path);
        Assert.Equal("offers?country=DE", ServiceRoute.Of($"offers").WithQuery(("country", "DE")).Path);
        Assert.Equal("offers", ServiceRoute.Of($"offers").WithQuery().Path);
    }

    [Fact]
    public void A_route_is_shown_below_v1()
    {
        Assert.Equal("/v1/customers/c1/users", ServiceRoute.Of($"customers/{"c1"}/users").ToString());
    }
}
