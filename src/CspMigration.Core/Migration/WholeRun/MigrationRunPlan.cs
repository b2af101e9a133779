using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.WholeRun;

/// <summary>What a whole run is to do, for all its customers.</summary>
public sealed class MigrationRunPlan
{
    internal MigrationRunPlan(MigrationRunOptions options, PurchaseBudget budget, IReadOnlyList<CustomerPlan> customers)
    {
        Options = options;
        Budget = budget;
        Customers = customers;
    }

    /// <summary>Sources that have no row in the SKU map and are left out, each with what it would fail with if it were asked for alone.</summary>
    public IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> Unmapped => [.. Customers.SelectMany(customer => customer.Planning.Unmapped)];

    /// <summary>Whether something may have to be sent. What is left to move, or to suspend, shows only on the way.</summary>
    public bool NeedsWrite => Customers
        .SelectMany(customer => customer.Planning.Plans)
        .Any(plan => plan.NeedsWrite || Options.StopAfter != MigrationStage.Purchase);

    /// <summary>For a prompt: the customers.</summary>
    public string CustomerText
    {
        get
        {
            var concerned = Customers.Where(customer => customer.Planning.Plans.Count > 0).ToList();
            return concerned.Count == 1 ? concerned[0].CustomerText : Enumeration.Count(concerned.Count, "customer");
        }
    }

    /// <summary>For a prompt: what is done, with totals.</summary>
    public string ActionText
    {
        get
        {
            var plans = Customers.SelectMany(customer => customer.Planning.Plans).ToList();
            var steps = new List<string> { $"{PurchaseText(plans)} with {Enumeration.Count(plans.Sum(plan => plan.SeatCount), "seat")} in all" };
            if (plans.Count(plan => plan.NeedsCart) is var carts and > 0)
            {
                steps[0] += Text(" ({0:N0} of them through new commerce, to be reduced or cancelled within 7 days only)", carts);
            }

            if (Options.StopAfter != MigrationStage.Purchase)
            {
                steps.Add("every user's licence moved");
            }

            if (Options.StopAfter is null)
            {
                steps.Add(Options.Suspensions.AtTermEnd ? "the old ones left to run out" : "the old ones ended");
            }

            if (Customers.Sum(customer => customer.Planning.Failures.Count) is var blocked and > 0)
            {
                steps.Add($"{Enumeration.Count(blocked, "more subscription")} left alone because a check forbids it");
            }

            return $"Migrate {Enumeration.Count(plans.Sum(plan => plan.Rows.Count), "subscription")}: {string.Join(", ", steps)}";
        }
    }

    internal MigrationRunOptions Options { get; }

    internal PurchaseBudget Budget { get; }

    internal IReadOnlyList<CustomerPlan> Customers { get; }

    // What begins to cost, by its kind: the budget counts all of it.
    private static string PurchaseText(IReadOnlyList<PurchasePlan> plans)
    {
        var reactivations = plans.Count(plan => plan.Purchase.Way == PurchaseWay.Reactivation);
        var enlargements = plans.Count(plan => plan.Purchase.Way == PurchaseWay.Resize);
        var conversions = plans.Count(plan => plan.Purchase.Way == PurchaseWay.Conversion);
        var purchases = plans.Sum(plan => plan.PurchaseCount) - reactivations - enlargements - conversions;
        var kinds = new List<string>();
        Add(purchases, "purchase");
        Add(reactivations, "reactivation");
        Add(enlargements, "enlargement");
        Add(conversions, "conversion");
        return kinds.Count == 0 ? Enumeration.Count(0, "purchase") : string.Join(", ", kinds);

        void Add(int number, string what)
        {
            if (number > 0)
            {
                kinds.Add(Enumeration.Count(number, what));
            }
        }
    }

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
