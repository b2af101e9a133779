using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Offers;

/// <summary>The catalog of new commerce: for a country, or for one customer.</summary>
internal static class ProductOperations
{
    public static IEnumerable<Route> Routes =>
    [
        .. Catalog("/v1", Needs.None, ProductScope.OfCountry),
        .. Catalog("/v1/customers/{customerId}", Needs.Relationship, ProductScope.OfCustomer),
    ];

    private delegate ProductScope Scope(Call call);

    private static IEnumerable<Route> Catalog(string prefix, Needs needs, Scope scope)
    {
        var product = prefix + "/products/{productId}";
        var sku = product + "/skus/{skuId}";
        return
        [
            new("GET", prefix + "/products", needs, call => List(call, scope(call))),
            new("GET", product, needs, call => Get(call, scope(call))),
            new("GET", product + "/skus", needs, call => Skus(call, scope(call))),
            new("GET", sku, needs, call => Sku(call, scope(call))),
            new("GET", sku + "/availabilities", needs, call => Availabilities(call, scope(call))),
            new("GET", sku + "/availabilities/{availabilityId}", needs, call => AvailabilityById(call, scope(call))),
        ];
    }

    private static Answer List(Call call, ProductScope scope)
    {
        var view = call.Query["targetView"];
        if (!TargetViews.IsKnown(view))
        {
            throw Refusals.TargetView(view);
        }

        var products = TargetViews.IsOnlineServices(view) ? ProductCatalog.Instance.All.Where(scope.Sells) : [];
        return Answer.Ok(Json.Collection(
            products.Select(product => ProductResource.Of(product, scope.Country)), $"{scope.Path}/products?{call.Query.Text}"));
    }

    private static Answer Get(Call call, ProductScope scope) => Answer.Ok(ProductResource.Of(scope.Product(call), scope.Country));

    private static Answer Skus(Call call, ProductScope scope)
    {
        var product = scope.Product(call);
        return Answer.Ok(Json.Collection(
            product.Skus.Where(scope.Sells).Select(sku => ProductResource.Of(sku, scope.Country)), $"{scope.Path}/products/{product.Id}/skus"));
    }

    private static Answer Sku(Call call, ProductScope scope) => Answer.Ok(ProductResource.Of(scope.Sku(call), scope.Country));

    private static Answer Availabilities(Call call, ProductScope scope)
    {
        var sku = scope.Sku(call);
        return Answer.Ok(Json.Collection(
            scope.Availabilities(call, sku).Select(availability => ProductResource.Of(availability, scope.Country)),
            $"{scope.Path}/products/{sku.Product.Id}/skus/{sku.Id}/availabilities"));
    }

    private static Answer AvailabilityById(Call call, ProductScope scope)
    {
        var id = call["availabilityId"];
        var availability = scope.Availabilities(call, scope.Sku(call)).FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Id, id));
        return Answer.Ok(ProductResource.Of(availability ?? throw Refusals.NoSuchAvailability(id), scope.Country));
    }
}
