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
        Customers = customers;
    }

    public SandboxClock Clock { get; }

    public IdSource Ids { get; }

    public Market Market { get; }

    public ProductMarket Products { get; }

    public CustomerDirectory Customers { get; }

    public Violations Violations { get; } = new();

    public TimeSpan ProvisioningDelay { get; init; }

    /// <summary>How far the list of orders runs behind; a single order can be read at once.</summary>
    public TimeSpan OrderListLag { get; init; }

    /// <summary>Changes of subscriptions are answered with "accepted" and where to look, rather than with "ok".</summary>
    public bool AnswersAccepted { get; init; }

    /// <summary>Answers change some names, marks and numbers in ways a client has to bear.</summary>
    public bool HasQuirks { get; init; }
}
