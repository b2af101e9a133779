using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Licenses;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Status;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Run;

/// <summary>
/// All steps for many customers: side by side across customers, in order within one. The steps are those of the single
/// commands, so a run that was interrupted is resumed by either.
/// </summary>
public sealed class MigrationRunStep
{
    private readonly MigrationOperation _operation;
    private readonly MigrationStatusReader _standing;
    private readonly Func<MigrationOperation, RunSteps> _steps;

    internal MigrationRunStep(MigrationOperation operation, MigrationStatusReader standing, Func<MigrationOperation, RunSteps> steps)
    {
        _operation = operation;
        _standing = standing;
        _steps = steps;
    }

    /// <summary>Reads and decides for all customers; sends nothing.</summary>
    /// <param name="rows">The sources, of any number of customers.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>RunLimitExceeded</c>: more would be bought than the options allow.</exception>
    public async Task<MigrationRunPlan> PlanAsync(
        IReadOnlyList<ExpiringSubscription> rows, MigrationRunOptions options, CancellationToken cancellationToken)
    {
        var customers = rows.GroupBy(row => row.Customer).Select(customer => customer.ToList()).ToList();
        var plans = new CustomerPlan[customers.Count];
        var progress = new RunProgress(_operation.Observer, "Planning customers", customers.Count);
        var steps = Steps(progress);
        await Concurrently.ForEachAsync(
            Enumerable.Range(0, customers.Count),
            options.CustomersAtOnce,
            async (index, token) =>
            {
                plans[index] = await PlanAsync(steps, customers[index], options, token).ConfigureAwait(false);
                progress.Advance();
            },
            cancellationToken).ConfigureAwait(false);
        new PurchaseBudget(options).Check([.. plans.SelectMany(customer => customer.Planning.Plans)]);
        return new MigrationRunPlan(options, plans, plans.Count(customer => _operation.Session.GraphFallbacks.ContainsKey(customer.CustomerId)));
    }

    /// <summary>Makes a run, once it is confirmed as a whole; or shows what it would do. What fails does not stop the others; running again resumes.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isPlanned">Whether the records are themselves planned: then nothing is sent.</param>
    /// <param name="confirmer">Answers for the user, once.</param>
    /// <param name="ended">Gets each source when its customer's turn has ended, however it ended, from any thread; of a plan in the order of its sources. A slow reader slows the work down.</param>
    /// <param name="failed">Gets each failure with the source it concerns.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="CspMigrationException">The journal cannot be written: nothing has been sent.</exception>
    public async Task RunAsync(
        MigrationRunPlan plan,
        bool isPlanned,
        IConfirmer confirmer,
        Func<SubscriptionMigration, Task> ended,
        Action<ExpiringSubscription, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var answer = plan.NeedsWrite ? await confirmer.ConfirmAsync(plan.RequestOf(isPlanned), cancellationToken).ConfigureAwait(false)
            : isPlanned || confirmer.IsPlanOnly ? ConfirmationAnswer.PlanOnly
            : ConfirmationAnswer.Confirmed;
        if (answer == ConfirmationAnswer.Declined)
        {
            return;
        }

        if (answer == ConfirmationAnswer.Confirmed)
        {
            await _operation.Journal.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        await RunAsync(plan, answer == ConfirmationAnswer.PlanOnly, ended, failed, cancellationToken).ConfigureAwait(false);
    }

    // A source that is left to expire has nothing to wait for (docs/rules.md, rule 1).
    private static async Task<CustomerPlan> PlanAsync(
        RunSteps steps, List<ExpiringSubscription> rows, MigrationRunOptions options, CancellationToken cancellationToken)
    {
        var isSettled = rows.ToLookup(row => IsSettled(steps, row));
        List<ExpiringSubscription> settled = [.. isSettled[true]];
        List<ExpiringSubscription> open = [.. isSettled[false]];
        var purchases = options.Purchases with { LeavesSourcesToTermEnd = options is { StopAfter: null, Suspensions.AtTermEnd: true } };
        try
        {
            var planning = open.Count == 0 ? new PurchasePlanning() : await steps.Purchases.PlanAsync(open, purchases, cancellationToken).ConfigureAwait(false);
            return new CustomerPlan(rows, settled, planning) { Groups = await ReadGroupsAsync(steps, rows[0].Customer, planning, options, cancellationToken).ConfigureAwait(false) };
        }
        catch (CspMigrationException e)
        {
            var failures = open.Select(row => new KeyValuePair<ExpiringSubscription, CspMigrationException>(row, e));
            return new CustomerPlan(rows, settled, new PurchasePlanning { Failures = [.. failures] });
        }
    }

    private static async Task<IReadOnlyDictionary<GroupId, int>> ReadGroupsAsync(
        RunSteps steps, CustomerId customerId, PurchasePlanning planning, MigrationRunOptions options, CancellationToken cancellationToken)
    {
        var skuIds = planning.Plans.Where(plan => plan.Purchase.Method.MovesUsers)
            .SelectMany(plan => plan.Purchase.Cases.Where(source => !source.SkuId.Is(plan.Purchase.Offer.Sku)).Select(source => source.SkuId)).Distinct().ToList();
        if (options.LicenseMoves.GroupLicense != GroupLicenseChoice.Switch || options.StopAfter == MigrationStage.Purchase || skuIds.Count == 0)
        {
            return new Dictionary<GroupId, int>();
        }

        var groups = await new GroupsToSwitch().ReadAsync(steps.Operation, customerId, skuIds, cancellationToken).ConfigureAwait(false);
        return groups.ToDictionary(group => group.Group.Id, group => group.Members);
    }

    private async Task RunAsync(
        MigrationRunPlan plan,
        bool planOnly,
        Func<SubscriptionMigration, Task> ended,
        Action<ExpiringSubscription, CspMigrationException> failed,
        CancellationToken cancellationToken)
    {
        var progress = new RunProgress(
            _operation.Observer, planOnly ? "Planning subscriptions" : "Migrating subscriptions", plan.Customers.Sum(customer => customer.Rows.Count));
        var steps = Steps(progress);
        var before = _standing.Read()
            .ToLookup(migration => migration.Customer);
        using var planned = new OrderedResults<IReadOnlyList<SubscriptionMigration>>(plan.Customers.Count, EndAsync);
        await Concurrently.ForEachAsync(
            Enumerable.Range(0, plan.Customers.Count),
            plan.Options.CustomersAtOnce,
            RunAsync,
            cancellationToken).ConfigureAwait(false);

        // A plan is to be read and compared: it comes in the order of its sources. A run reports each customer when its turn has
        // ended, because another may wait for an hour.
        async Task RunAsync(int index, CancellationToken token)
        {
            var customer = plan.Customers[index];
            var migrations = new List<SubscriptionMigration>();
            try
            {
                await new CustomerMigration(steps, plan, [.. before[customer.CustomerId]], planOnly, migrations.Add, failed).RunAsync(customer, token).ConfigureAwait(false);
            }
            finally
            {
                await (planOnly ? planned.AddAsync(index, InOrder(customer, migrations)) : EndAsync(migrations)).ConfigureAwait(false);
            }
        }

        async Task EndAsync(IReadOnlyList<SubscriptionMigration> migrations)
        {
            foreach (var migration in migrations)
            {
                await ended(migration).ConfigureAwait(false);
                progress.Advance();
            }
        }
    }

    // A target says how far the migration is that got it; its own has not begun, unless it was ended for it.
    private static bool IsSettled(RunSteps steps, ExpiringSubscription row)
    {
        return row.MigrationState == MigrationState.Completed
            && (row.Id is not { } id
                || steps.Operation.Journal.View.IsEnded(row.Customer, id)
                || (steps.Operation.Journal.View.SourcesOf(row.Customer, id).Count == 0 && !IsGoingOn(steps, row.Customer, id)));
    }

    // It was found when its migration was over, and has been rolled back or made active again since.
    private static bool IsGoingOn(RunSteps steps, CustomerId customerId, SubscriptionId id) =>
        steps.Operation.Journal.View.IsUndone(customerId, id) || steps.Operation.Journal.View.Ending(customerId, id) is not null;

    private static List<SubscriptionMigration> InOrder(CustomerPlan customer, List<SubscriptionMigration> migrations)
    {
        return [.. customer.Rows.SelectMany(row => migrations.FindAll(migration => IsOf(migration, row)))];
    }

    private static bool IsOf(SubscriptionMigration migration, ExpiringSubscription row)
    {
        return migration.Source is { } source && SourceEntry.KeyOf(source) is { } key && key.Is(SourceEntry.KeyOf(row));
    }

    private RunSteps Steps(RunProgress progress) => _steps(_operation.With(new StepObserver(_operation.Observer, progress)));
}
