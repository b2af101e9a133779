using CspMigration.Core.PartnerCenter.Http;
using CspMigration.Core.PartnerCenter.Operations;

namespace CspMigration.Core.PartnerCenter;

/// <summary>Partner Center's REST API on behalf of one operation.</summary>
internal sealed class PartnerCenterClient
{
    public PartnerCenterClient(ServiceTransport transport, CallContext call)
    {
        var service = new ServiceCaller(transport, call);
        Customers = new CustomerOperations(service);
        Subscriptions = new SubscriptionOperations(service);
        Offers = new OfferOperations(service);
        Orders = new OrderOperations(service);
        Users = new UserOperations(service);
        Profiles = new ProfileOperations(service);
        Products = new ProductOperations(service);
        Carts = new CartOperations(service);
        Conversions = new ConversionOperations(service);
    }

    public CustomerOperations Customers { get; }

    public SubscriptionOperations Subscriptions { get; }

    public OfferOperations Offers { get; }

    public OrderOperations Orders { get; }

    public UserOperations Users { get; }

    public ProfileOperations Profiles { get; }

    public ProductOperations Products { get; }

    public CartOperations Carts { get; }

    public ConversionOperations Conversions { get; }
}
