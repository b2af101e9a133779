using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>
/// Many similar customers. The subscriptions of one customer have different SKUs and different targets; each user holds a
/// license of one of them, directly or by a group for each subscription, with a service plan switched off that sources and targets share.
/// </summary>
internal sealed class Scale : Scenario
{
    private const string CustomersOption = "customers";
    private const string SubscriptionsOption = "subscriptions";
    private const string UsersOption = "users";
    private const string AssignedByOption = "assignedBy";
    private const string SwitchedOffInGroup = "SHAREPOINTWAC";
    private const int SpareSeats = 5;

    // The largest minimum of any target.
    private const int FewestSeats = 20;

    // Their first targets are five different SKUs.
    private static readonly string[] Sources =
        [OfferIds.AxEnterprise, OfferIds.AxTask, OfferIds.AxSelfServe, OfferIds.AxDevice, OfferIds.CrmProfessional];

    public override string Name => "scale";

    public override string Description =>
        "Many customers alike: scale:customers=1000,subscriptions=3,users=50 (subscriptions and users for each customer; assignedBy=groups has one group for each subscription assign the licenses).";

    public override IReadOnlyList<ScenarioOption> Options { get; } =
    [
        ScenarioOption.Whole(CustomersOption, 1000, 1, 100_000),
        ScenarioOption.Whole(SubscriptionsOption, 3, 1, Sources.Length),
        ScenarioOption.Whole(UsersOption, 50, 0, 100_000),
        ScenarioOption.Choice(AssignedByOption, "users", "groups"),
    ];

    public override IReadOnlyList<Customer> Customers(ScenarioContext context)
    {
        var count = context.Selection.Whole(CustomersOption);
        var customers = new List<Customer>(count);
        for (var number = 0; number < count; number++)
        {
            var start = number;
            customers.Add(new Customer(
                context.Ids.Guid(FormattableString.Invariant($"scale/{number}")),
                FormattableString.Invariant($"Customer {number + 1:D6}"),
                FormattableString.Invariant($"customer{number + 1:D6}.onmicrosoft.com"),
                customer => Fill(customer, context, start)));
        }

        return customers;
    }

    private static Account Fill(Customer customer, ScenarioContext context, int number)
    {
        var builder = new AccountBuilder(customer, context);
        var users = context.Selection.Whole(UsersOption);
        var count = context.Selection.Whole(SubscriptionsOption);
        var seats = Math.Max(FewestSeats, (users + count - 1) / count) + SpareSeats;
        var subscriptions = Enumerable.Range(0, count).Select(index => builder.Expiring(Sources[(number + index) % Sources.Length], seats)).ToList();
        var groups = context.Selection.IsChosen(AssignedByOption, "groups")
            ? subscriptions.Select(subscription => builder.Group(subscription.OfferName, subscription.Sku, [SwitchedOffInGroup])).ToList()
            : [];
        foreach (var (user, index) in builder.Users(users).Select((user, index) => (user, index)))
        {
            if (groups.Count > 0)
            {
                builder.Join(user, groups[index % count]);
            }
            else
            {
                builder.Assign(user, subscriptions[index % count].Sku);
            }
        }

        return builder.Account;
    }
}
