using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Routing;

/// <summary>One request, as an operation sees it.</summary>
internal sealed class Call
{
    private readonly Account? _account;
    private readonly Customer? _customer;
    private readonly RouteMatch _match;
    private JsonBody? _body;

    public Call(World world, SandboxRequest request, RouteMatch match, Customer? customer, bool hasUser)
    {
        World = world;
        Request = request;
        HasUser = hasUser;
        Now = world.Clock.Now;
        _match = match;
        _customer = customer;
        _account = customer?.Open(Now);
    }

    public World World { get; }

    public SandboxRequest Request { get; }

    public DateTimeOffset Now { get; }

    /// <summary>False for a token of the application alone.</summary>
    public bool HasUser { get; }

    /// <summary>The customer in the path; its gate is held.</summary>
    public Customer Customer => _customer ?? throw new InvalidOperationException("The route names no customer.");

    public CustomerContext Context => new(World, Customer, Account, Now);

    /// <summary>Whether the service accepts scheduled actions of this customer and drops them.</summary>
    public bool DropsSchedules => Account.DropsSchedules || World.EndOfTerm == EndOfTermPolicy.Ignore;

    public Account Account => _account ?? throw new InvalidOperationException("The route names no customer.");

    public QueryString Query => Request.Query;

    public JsonBody Body => _body ??= JsonBody.Parse(Request.Body);

    /// <summary>An id from the path.</summary>
    public string this[string parameter] => _match.Parameters[parameter];

    public Subscription Subscription
    {
        get
        {
            var id = this["subscriptionId"];
            return Account.FindSubscription(id) ?? throw Refusals.NoSuchSubscription(id);
        }
    }

    public Order Order
    {
        get
        {
            var id = this["orderId"];
            return Account.FindOrder(id) ?? throw Refusals.NoSuchOrder(id);
        }
    }

    public User User
    {
        get
        {
            var id = this["userId"];
            return Account.FindUser(id) is { } user && !user.IsPurged(Now) ? user : throw Refusals.NoSuchUser(id);
        }
    }

    /// <summary>Requires a user with rights in the customer's directory, for routes where that depends on the body.</summary>
    public void RequireDirectory()
    {
        if (!HasUser)
        {
            throw Refusals.AppOnlyToken();
        }

        if (Customer.DelegationRefusal is { } refusal)
        {
            throw Refusals.NoDelegation(Customer, refusal);
        }
    }

    /// <summary>Requires that the subscription in the path has not ended.</summary>
    /// <exception cref="ServiceException">It has ended.</exception>
    public void RequireUnendedSubscription()
    {
        switch (Subscription.Status)
        {
            case SubscriptionStatus.Deleted:
                throw Refusals.Deleted();
            case SubscriptionStatus.Expired or SubscriptionStatus.Disabled:
                throw Refusals.Ended();
            default:
                return;
        }
    }

    /// <summary>An id for a new resource of the customer.</summary>
    public string NextId(string kind) => Context.NextId(kind);

    /// <summary>Requires that the etag of the request, in the header or else in the body, is current.</summary>
    /// <param name="etag">The current etag.</param>
    /// <param name="isRequired">Whether the request must have one.</param>
    public void CheckEtag(string etag, bool isRequired = false)
    {
        var expected = (Request.Header("If-Match") ?? Body.Object("attributes")?.NonEmptyText("etag"))?.Trim('"');
        if (expected == null ? isRequired : expected != "*" && expected != etag)
        {
            throw Refusals.StaleEtag();
        }
    }
}
