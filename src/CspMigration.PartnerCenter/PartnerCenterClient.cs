using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Operations;

namespace CspMigration.PartnerCenter;

/// <summary>Partner Center's REST API on behalf of one operation.</summary>
internal sealed class PartnerCenterClient
{
    /// <param name="transport">What sends the calls.</param>
    /// <param name="call">What they belong to.</param>
    /// <param name="seen">Where customers and subscriptions that are read are noted; null where they are not needed.</param>
    public PartnerCenterClient(ServiceTransport transport, CallContext call, SeenRecords? seen = null)
    {
        seen ??= new SeenRecords();
        var service = new ServiceCaller(transport, call);
        Customers = new CustomerOperations(service, seen);
        Subscriptions = new SubscriptionOperations(service, seen);
        Offers = new OfferOperations(service);
        Orders = new OrderOperations(service);
        Users = new UserOperations(service);
        Profiles = new ProfileOperations(service);
        Products = new ProductOperations(service);
        Carts = new CartOperations(service);
        Conversions = new ConversionOperations(service);
        Transitions = new TransitionOperations(service);
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

    public TransitionOperations Transitions { get; }
}
