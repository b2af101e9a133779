using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Run;

/// <summary>What a whole run is to do, for all its customers.</summary>
public sealed class MigrationRunPlan
{
    /// <param name="options">How.</param>
    /// <param name="customers">The customers.</param>
    /// <param name="withoutGraph">For how many of them Microsoft Graph cannot be used, although others go through it.</param>
    internal MigrationRunPlan(MigrationRunOptions options, IReadOnlyList<CustomerPlan> customers, int withoutGraph)
    {
        WithoutGraph = withoutGraph;
        Options = options;
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
    public string ActionText => new RunSummary(Options, Customers, WithoutGraph).Action;

    /// <summary>For a prompt: what is left alone and why, as a sentence; empty where nothing is.</summary>
    public string LeftAloneText => new RunSummary(Options, Customers, WithoutGraph).LeftAlone;

    internal MigrationRunOptions Options { get; }

    internal int WithoutGraph { get; }

    internal ConfirmationRequest RequestOf(bool isPlanned) => new() { Action = ActionText, Customer = CustomerText, Remark = LeftAloneText, IsPlanned = isPlanned };

    internal IReadOnlyList<CustomerPlan> Customers { get; }
}
