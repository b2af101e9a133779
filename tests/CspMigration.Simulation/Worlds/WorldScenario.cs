using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Simulation.Worlds;

/// <summary>Builds a world in the sandbox, and knows which of its names became which ids.</summary>
internal sealed class WorldScenario(WorldSpec world) : Scenario
{
    private readonly Dictionary<string, (Customer Customer, Subscription Subscription)> _subscriptions = [];
    private readonly Dictionary<string, (Customer Customer, User User)> _users = [];
    private List<Customer> _customers = [];

    public override string Name => "simulation";

    public override string Description => "A world of the simulation.";

    /// <summary>All customers, in the order of the world.</summary>
    public IReadOnlyList<Customer> AllCustomers => _customers;

    /// <summary>The subscriptions of the world by their names.</summary>
    public IReadOnlyDictionary<string, (Customer Customer, Subscription Subscription)> Subscriptions => _subscriptions;

    /// <summary>The users of the world by their names.</summary>
    public IReadOnlyDictionary<string, (Customer Customer, User User)> Users => _users;

    public override IReadOnlyList<Customer> Customers(ScenarioContext context)
    {
        return _customers = [.. world.Customers.Select(spec => new Customer(
            context.Ids.Guid("simulation/" + spec.Name),
            spec.Name,
            $"{spec.Name.ToLowerInvariant()}.onmicrosoft.com",
            customer => Fill(spec, customer, context)))];
    }

    public override void Arrange(Market market, ProductMarket products)
    {
        foreach (var limit in world.Limits.DistinctBy(limit => limit.Product))
        {
            if (WorldProduct.Of(limit.Product).OfferId is { } offerId)
            {
                market.Add(offerId, new OfferRule { Limit = limit.Limit, LimitUnit = limit.IsForLife ? "Lifetime" : "Concurrent" });
            }
        }
    }

    private Account Fill(CustomerSpec spec, Customer customer, ScenarioContext context)
    {
        var builder = new AccountBuilder(customer, context);
        foreach (var subscription in spec.Subscriptions)
        {
            _subscriptions[subscription.Name] = (customer, Build(builder, subscription));
        }

        foreach (var (product, units) in spec.OtherUnits)
        {
            builder.OtherChannel(WorldProduct.Of(product).Sku, units);
        }

        foreach (var user in spec.Users)
        {
            _users[user.Name] = (customer, Build(builder, user, context));
        }

        return builder.Account;
    }

    private Subscription Build(AccountBuilder builder, SubscriptionSpec spec)
    {
        var product = WorldProduct.Of(spec.Product);
        var parent = spec.Parent is { } name && _subscriptions.TryGetValue(name, out var known) ? known.Subscription : null;
        var built = spec.IsTrial && product.OfferId is { } trialId ? builder.Trial(trialId, spec.Seats, spec.EndsIn)
            : spec.IsNewCommerce && product.ProductSku is { } sku
                ? builder.NewCommerce(ProductCatalog.Instance.FindSku(sku)!, spec.Seats, spec.Term, spec.EndsIn, spec.Renews, spec.Reseller ?? "")
            : builder.Legacy(product.OfferId!, spec.Seats, spec.EndsIn, spec.Renews, parent, spec.Cycle, spec.Reseller ?? "");
        if (spec.SuspendedFor is { } days)
        {
            builder.Suspend(built, days);
        }

        return built;
    }

    private static User Build(AccountBuilder builder, UserSpec spec, ScenarioContext context)
    {
        var user = builder.Users(1, spec.HasLocation ? "US" : null)[0];
        foreach (var license in spec.Licenses.DistinctBy(license => license.Product))
        {
            var sku = WorldProduct.Of(license.Product).Sku;
            if (license.IsByGroup)
            {
                builder.AssignByGroup(user, sku);
            }
            else
            {
                builder.Assign(user, sku, [.. sku.Plans.Where(plan => plan.TargetType == "User").Take(license.PlansOff).Select(plan => plan.Name)]);
            }
        }

        if (spec.IsDeleted)
        {
            builder.Account.SetLicenses(user, []);
            user.DeletedOn = context.StartedOn.AddDays(-3);
        }

        return user;
    }
}
