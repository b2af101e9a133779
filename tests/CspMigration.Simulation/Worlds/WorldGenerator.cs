using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Simulation.Worlds;

/// <summary>Makes up worlds: small ones, in which everything that can be special is so now and then.</summary>
internal sealed class WorldGenerator(Chance chance)
{
    private static readonly string[] Resellers = ["4567890", "5678901"];

    private int _subscriptions;
    private int _users;

    public WorldSpec Make()
    {
        LimitSpec[] limits = chance.Percent(18) ? [new LimitSpec(chance.Weighted((60, "TeamMembers"), (25, "CePlan"), (15, "Activity")), chance.Percent(80) ? 1 : 2, chance.Percent(30))] : [];
        var customers = Enumerable.Range(0, chance.Percent(12) ? 2 : 1).Select(number => MakeCustomer($"C{number + 1}", limits)).ToList();
        return new WorldSpec
        {
            Commerce = chance.Weighted((46, "open"), (44, "closed"), (10, "refused")),
            Provisioning = chance.Weighted((72, TimeSpan.Zero), (16, TimeSpan.FromSeconds(5)), (12, TimeSpan.FromMinutes(3))),
            OrderLag = chance.Percent(15) ? TimeSpan.FromMinutes(15) : TimeSpan.Zero,
            ListLag = chance.Percent(12) ? TimeSpan.FromMinutes(4) : TimeSpan.Zero,
            ViewLag = chance.Percent(10) ? TimeSpan.FromMinutes(4) : TimeSpan.Zero,
            UnitsLag = chance.Percent(12) ? TimeSpan.FromMinutes(4) : TimeSpan.Zero,
            DropsMarks = chance.Percent(2),
            Limits = limits,
            Customers = customers,
        };
    }

    private static string Name(string letter, int number) => letter + number.ToString(CultureInfo.InvariantCulture);

    private CustomerSpec MakeCustomer(string name, LimitSpec[] limits)
    {
        var products = Enumerable.Range(0, chance.Weighted((52, 1), (33, 2), (15, 3)))
            .Select(_ => chance.Weighted((20, "CrmEssential"), (14, "CrmBasic"), (12, "AxSelfServe"), (12, "AxTask"), (6, "AxDevice"), (32, "CrmPro"), (2, "Campaigns")))
            .Distinct().ToList();
        var subscriptions = new List<SubscriptionSpec>();
        foreach (var product in products)
        {
            var count = chance.Weighted((52, 1), (32, 2), (11, 3), (5, 4));
            subscriptions.AddRange(Enumerable.Range(0, count).Select(_ => MakeSource(product)));
            if (product == "CrmPro" && chance.Percent(18) && subscriptions.FindLast(subscription => subscription is { Product: "CrmPro", IsNewCommerce: false, SuspendedFor: null }) is { } parent)
            {
                subscriptions.Add(MakeSource("FieldService") with { Parent = parent.Name, Seats = parent.Seats, EndsIn = parent.EndsIn, SuspendedFor = null, Reseller = null });
            }
        }

        if (chance.Percent(5))
        {
            subscriptions.Add(new SubscriptionSpec { Name = NextSubscription(), Product = "CePlanTrial", Seats = 25, EndsIn = chance.Between(5, 28), IsTrial = true });
        }

        subscriptions.AddRange(MakeTargets(products, limits));
        var units = chance.Percent(8) ? [(chance.Of([.. products, "TeamMembers"]), chance.Between(1, 4))] : Array.Empty<(string, int)>();
        return new CustomerSpec { Name = name, Subscriptions = subscriptions, OtherUnits = units, Users = MakeUsers(subscriptions, units) };
    }

    private string NextSubscription() => Name("s", ++_subscriptions);

    private SubscriptionSpec MakeSource(string product)
    {
        var isFar = chance.Percent(10);
        var isNew = product == "CrmPro" && chance.Percent(40);
        return new SubscriptionSpec
        {
            Name = NextSubscription(),
            Product = product,
            Seats = chance.Between(1, 6),
            EndsIn = isFar ? chance.Between(120, 300) : chance.Percent(4) ? -chance.Between(1, 20) : chance.Between(4, 60),
            Renews = chance.Percent(isFar ? 60 : 18),
            IsNewCommerce = isNew,
            Term = isNew && chance.Percent(12) ? "P1M" : "P1Y",
            Cycle = !isNew && chance.Percent(15) ? "annual" : "monthly",
            Reseller = chance.Percent(18) ? chance.Of(Resellers) : null,
            SuspendedFor = chance.Percent(4) ? chance.Between(1, 30) : null,
        };
    }

    // What the customer has already of what the sources' users are moved to.
    private List<SubscriptionSpec> MakeTargets(List<string> products, LimitSpec[] limits)
    {
        var targets = new List<SubscriptionSpec>();
        foreach (var product in products.Select(TargetOf).OfType<string>().Distinct().Where(product => chance.Percent(limits.Any(limit => limit.Product == product) ? 60 : 24)))
        {
            var isTrial = product == "CePlan" && chance.Percent(35);
            targets.Add(isTrial
                ? new SubscriptionSpec { Name = NextSubscription(), Product = "CePlanTrial", Seats = 25, EndsIn = chance.Between(3, 28), IsTrial = true }
                : new SubscriptionSpec
                {
                    Name = NextSubscription(),
                    Product = product,
                    Seats = chance.Between(1, 10),
                    EndsIn = chance.Percent(25) ? chance.Between(3, 28) : chance.Between(150, 340),
                    Renews = chance.Percent(70),
                    IsNewCommerce = chance.Percent(45),
                    SuspendedFor = chance.Percent(12) ? chance.Between(1, 20) : null,
                });
        }

        return targets;
    }

    private static string? TargetOf(string product) => product switch
    {
        "CrmEssential" or "CrmBasic" or "AxSelfServe" => "TeamMembers",
        "AxTask" => "Activity",
        "AxDevice" => "Device",
        "CrmPro" or "FieldService" => "CePlan",
        _ => null,
    };

    // As many holders as there are seats in service, at most; some hold two things.
    private List<UserSpec> MakeUsers(List<SubscriptionSpec> subscriptions, IReadOnlyList<(string Product, int Units)> units)
    {
        var users = new List<UserSpec>();
        var seats = subscriptions.Where(subscription => subscription is { SuspendedFor: null, EndsIn: >= 0 }).Select(subscription => (subscription.Product, Units: subscription.Seats)).Concat(units)
            .GroupBy(item => WorldProduct.Of(item.Product).Sku.Id).Select(sku => (sku.First().Product, Seats: sku.Sum(item => item.Units)));
        foreach (var (product, count) in seats)
        {
            var isTarget = product is "TeamMembers" or "Activity" or "Device" or "CePlan" or "CePlanTrial";
            var holders = Math.Min(count, chance.Percent(isTarget ? 50 : 30) ? chance.Between(0, Math.Min(count, 4)) : isTarget ? chance.Between(0, 3) : count);
            var former = users.Count;
            foreach (var number in Enumerable.Range(0, Math.Min(holders, 10)))
            {
                var license = new LicenseSpec(product, IsByGroup: chance.Percent(5), PlansOff: chance.Percent(18) ? chance.Between(1, 3) : 0);
                var isShared = number < former && chance.Percent(22) && !users[number].IsDeleted;
                if (isShared)
                {
                    users[number] = users[number] with { Licenses = [.. users[number].Licenses, license] };
                }
                else
                {
                    users.Add(new UserSpec { Licenses = [license], HasLocation = !chance.Percent(6), IsRefused = chance.Below(150) == 0 });
                }
            }
        }

        if (chance.Percent(10))
        {
            users.Add(new UserSpec { IsDeleted = chance.Percent(50) });
        }

        return [.. users.Select(user => user with { Name = Name("u", ++_users) })];
    }
}
