using System;

namespace CspMigration.Sandbox.State;

/// <summary>The state of one scenario; a reset creates a new one.</summary>
internal sealed class World
{
    public World(SandboxClock clock, IdSource ids, Market market, ProductMarket products, CustomerDirectory customers)
    {
        Clock = clock;
        Ids = ids;
        Market = market;
        Products = products;
        Grants = new Grants(ids);
        Customers = customers;
    }

    public SandboxClock Clock { get; }

    public IdSource Ids { get; }

    public Market Market { get; }

    public ProductMarket Products { get; }

    public CustomerDirectory Customers { get; }

    /// <summary>Null if there is none.</summary>
    public IWorldObserver? Observer { get; init; }

    /// <summary>Applies what is due for the whole partner by now.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        if (!Invitation.TryAccept(now))
        {
            return;
        }

        foreach (var customer in Customers.All)
        {
            customer.Relationship = Customer.Reseller;
        }
    }

    public TimeSpan ProvisioningDelay { get; init; }

    /// <summary>How far the list of orders lags; a single order can be read at once.</summary>
    public TimeSpan OrderListLag { get; init; }

    /// <summary>How far the list of a customer's subscriptions lags; a single subscription can be read at once.</summary>
    public TimeSpan SubscriptionListLag { get; init; }

    /// <summary>How far the index lags that finds the holders of a SKU through Microsoft Graph.</summary>
    public TimeSpan GraphIndexLag { get; init; }

    /// <summary>What the partner's application may do through Microsoft Graph, where a customer does not differ.</summary>
    public GraphConsent GraphConsent { get; init; }

    /// <summary>Counts the writes to each customer's directory through Microsoft Graph.</summary>
    public WriteLimiter GraphWrites { get; init; } = new(int.MaxValue);

    public Cloud Cloud { get; init; }

    public EndOfTermPolicy EndOfTerm { get; init; }

    /// <summary>Whether the first transition of each subscription fails after it was accepted.</summary>
    public bool FailsFirstTransition { get; init; }

    /// <summary>Whether users have signed in with one factor only, which the service refuses.</summary>
    public bool LacksMultiFactor { get; init; }

    /// <summary>Whether device codes wait for the control that answers them; otherwise each is granted at once.</summary>
    public bool DeviceCodesWait { get; init; }

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    public Grants Grants { get; }

    public Invitation Invitation { get; } = new();

    public AuditLog Audit { get; } = new();

    /// <summary>Whether changes of subscriptions are answered with 202 and a location instead of 200.</summary>
    public bool AnswersAccepted { get; init; }

    /// <summary>Whether answers have quirks that clients must tolerate.</summary>
    public bool HasQuirks { get; init; }
}
