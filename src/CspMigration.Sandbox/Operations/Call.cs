using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations;

/// <summary>One request on its way through an operation.</summary>
internal sealed class Call
{
    private readonly Account? _account;
    private readonly Customer? _customer;
    private readonly RouteMatch _match;
    private JsonBody? _body;

    public Call(World world, SandboxRequest request, RouteMatch match, Customer? customer)
    {
        World = world;
        Request = request;
        Now = world.Clock.Now;
        _match = match;
        _customer = customer;
        _account = customer?.Open(Now);
    }

    public World World { get; }

    public SandboxRequest Request { get; }

    public DateTimeOffset Now { get; }

    /// <summary>The customer in the path, whose gate is held.</summary>
    public Customer Customer => _customer ?? throw new InvalidOperationException("The route names no customer.");

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
            return Account.FindSubscription(id) ?? throw Refuse.NoSuchSubscription(id);
        }
    }

    public Order Order
    {
        get
        {
            var id = this["orderId"];
            return Account.FindOrder(id) ?? throw Refuse.NoSuchOrder(id);
        }
    }

    public User User
    {
        get
        {
            var id = this["userId"];
            return Account.FindUser(id) ?? throw Refuse.NoSuchUser(id);
        }
    }

    /// <summary>An id for something new of the customer's.</summary>
    public string NextId(string kind) => World.Ids.Guid(Customer.Id + "/" + Account.NextIdName(kind));

    /// <summary>Refuses a request that was made for another version of the resource.</summary>
    public void CheckEtag(string etag)
    {
        if (Request.Header("If-Match")?.Trim('"') is { } expected && expected != "*" && expected != etag)
        {
            throw Refuse.StaleEtag();
        }
    }
}
