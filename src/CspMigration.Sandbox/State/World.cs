using System;

namespace CspMigration.Sandbox.State;

/// <summary>One scenario as it stands: a reset makes another.</summary>
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

    /// <summary>Null where nobody looks on.</summary>
    public IWorldObserver? Observer { get; init; }

    /// <summary>Lets happen what should have happened to the whole partner by now.</summary>
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

    /// <summary>How far the list of orders runs behind; a single order can be read at once.</summary>
    public TimeSpan OrderListLag { get; init; }

    /// <summary>How far the list of a customer's subscriptions runs behind; a single subscription can be read at once.</summary>
    public TimeSpan SubscriptionListLag { get; init; }

    public Cloud Cloud { get; init; }

    public EndOfTermPolicy EndOfTerm { get; init; }

    /// <summary>Users have signed in with one factor only, which the service refuses.</summary>
    public bool LacksMultiFactor { get; init; }

    /// <summary>Device codes wait until somebody grants them through the control; else each is granted at once.</summary>
    public bool DeviceCodesWait { get; init; }

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    public Grants Grants { get; }

    public Invitation Invitation { get; } = new();

    public AuditLog Audit { get; } = new();

    /// <summary>Changes of subscriptions are answered with "accepted" and where to look, rather than with "ok".</summary>
    public bool AnswersAccepted { get; init; }

    /// <summary>Answers change some names, marks and numbers in ways a client has to bear.</summary>
    public bool HasQuirks { get; init; }
}
