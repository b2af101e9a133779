using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Status;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 10: quantity can be changed and a subscription suspended on its own; a subscription can be bought with no source.
/// The holder check belongs to the reason Migrated.
/// </summary>
public sealed class Rule10SingleChangeTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(20)]
    public async Task Quantity_can_be_changed_on_its_own(int seats)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var now = await run.SetAsync(source, new SubscriptionSettings { Quantity = seats });

        Assert.Equal((seats, source.FriendlyName, false), (now.Quantity, now.FriendlyName, now.AutoRenewEnabled));
        Assert.Equal(seats, run.Subscription(source.SubscriptionId!).Quantity);
        Assert.Equal(1, run.Writes());
    }

    [Theory]
    [InlineData(30, false, 0)]
    [InlineData(25, false, 0)]
    [InlineData(20, false, 1)]
    [InlineData(19, true, 1)]
    public async Task Fewer_seats_than_users_hold_are_warned_of_and_only_lowering_costs_a_call(int seats, bool isWarned, int calls)
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));
        var source = Assert.Single(await run.FindAsync());
        run.Confirmer = UnattendedConfirmer.Planning;

        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = seats });

        Assert.Equal(isWarned ? [$"Dynamics AX Enterprise of Contoso: 20 users hold it, and {seats} seats would be left for them."] : [], run.Observer.Warnings);
        Assert.Equal(calls, recorder!.All.Count(request => request.Path.EndsWith("/subscribedSkus", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_target_says_how_far_the_migration_is_that_it_was_bought_for_and_can_be_migrated_itself()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));

        var begun = await ResizeAsync(30);
        _ = await run.SuspendAsync(await run.MoveAsync([bought]));
        var finished = await ResizeAsync(31);
        var other = await ResizeAsync(32);
        var next = await run.RunAsync([other], new MigrationRunOptions { Purchases = new PurchaseOptions { Target = "Dynamics 365 Team Members" } }, planOnly: true);

        Assert.Equal((MigrationState.Purchased, MigrationState.Completed), (begun.MigrationState, finished.MigrationState));
        Assert.Equal("Dynamics 365 Team Members", Assert.Single(next.Migrations).Target?.OfferName);

        Task<ExpiringSubscription> ResizeAsync(int seats) =>
            run.SetAsync(bought.CustomerId, bought.TargetSubscriptionId!, new SubscriptionSettings { Quantity = seats });
    }

    [Fact]
    public async Task Fewer_seats_of_a_target_are_warned_of_too()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));
        run.Confirmer = UnattendedConfirmer.Planning;

        _ = await run.SetAsync(move.CustomerId, move.TargetSubscriptionId!, new SubscriptionSettings { Quantity = 19 });

        Assert.Contains("20 users hold it, and 19 seats would be left", Assert.Single(run.Observer.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No delegated rights")]
    [InlineData("Conditional access")]
    public async Task Where_users_cannot_be_counted_fewer_seats_are_no_failure_and_warned_of(string name)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(name);
        run.Confirmer = UnattendedConfirmer.Planning;

        var planned = await run.SetAsync(source, new SubscriptionSettings { Quantity = 1 });

        Assert.Equal(1, planned.Quantity);
        Assert.StartsWith($"CRM Online Professional of {name}: its users could not be counted", Assert.Single(run.Observer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fewer_seats_than_users_hold_are_in_the_prompt_as_what_takes_access_and_no_other_change_is()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var confirmer = new RequestKeeper();
        run.Confirmer = confirmer;

        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = 20 });
        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = 10 });

        Assert.Equal([false, true], confirmer.Requests.Select(request => request.HasHighImpact));
        Assert.EndsWith(", although 20 users hold it and 10 seats would be left", confirmer.Requests[1].Action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_a_change_shows_what_would_come_of_it_and_sends_nothing()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("New commerce source");
        run.Confirmer = UnattendedConfirmer.Planning;

        var planned = await run.SetAsync(source, new SubscriptionSettings { Quantity = 14, EndOfTerm = EndOfTermChoice.Renew, FriendlyName = "Ours" });
        var same = await run.SetAsync(source, new SubscriptionSettings { Quantity = source.Quantity });

        Assert.Equal((14, true, EndOfTerm.Renews, "Ours", true, 0), (planned.Quantity, planned.AutoRenewEnabled, planned.EndOfTerm, planned.FriendlyName, planned.IsPlanned, run.Writes()));
        Assert.Equal((source.Status, source.OfferName), (planned.Status, planned.OfferName));
        Assert.StartsWith("Auto renews on", planned.RenewalStatus, StringComparison.Ordinal);
        Assert.False(same.IsPlanned);
    }

    [Fact]
    public async Task A_change_of_seats_is_in_the_journal_before_and_after_and_is_no_migration()
    {
        using var journal = new TemporaryFile("journal.jsonl");
        using var run = await SandboxRun.StartAsync("contoso", configure: options => options.JournalPath = journal.Path);
        var source = Assert.Single(await run.FindAsync());

        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = 30 });
        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = 30 });

        var entries = JournalLines.ReadFile(journal.Path).OfType<QuantityEntry>();
        Assert.Equal([(25, 30, null), (25, 30, true)], entries.Select(entry => (entry.QuantityBefore!.Value, entry.Quantity!.Value, (entry as QuantitySettled)?.Done)));
        Assert.Empty(MigrationHistory.Read([journal.Path], (_, error) => throw error));
    }

    [Fact]
    public async Task Renewal_and_name_can_be_changed_and_what_is_so_already_is_not_sent()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        var now = await run.SetAsync(source, new SubscriptionSettings { Quantity = 25, AutoRenew = true, FriendlyName = "Ours" });
        var writes = run.Writes();
        _ = await run.SetAsync(source, new SubscriptionSettings { Quantity = 25, AutoRenew = true, FriendlyName = "Ours" });

        Assert.Equal((25, true, "Ours"), (now.Quantity, now.AutoRenewEnabled, now.FriendlyName));
        Assert.Equal(2, writes);
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData(SuspensionReason.CustomerRequest)]
    [InlineData(SuspensionReason.NonPayment)]
    [InlineData(SuspensionReason.Fraud)]
    public async Task Any_other_reason_suspends_with_holders_and_the_prompt_names_their_number(SuspensionReason reason)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var operation = run.Client;
        var request = new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId };

        var plan = await operation.Suspensions.PlanAsync(request, new SuspensionOptions { Reason = reason }, CancellationToken.None);
        var suspended = await operation.Suspensions.ExecuteAsync(plan, CancellationToken.None);

        Assert.Contains("20 users", plan.ActionText, StringComparison.Ordinal);
        Assert.Contains("Contoso", plan.CustomerText, StringComparison.Ordinal);
        Assert.Equal((SuspensionOutcome.Suspended, "suspended", reason.ToString()), (suspended!.Outcome, suspended.Status, suspended.Reason));
        Assert.Equal("suspended", run.Subscription(source.SubscriptionId!).Status);
    }

    [Theory]
    [InlineData("No delegated rights")]
    [InlineData("Conditional access")]
    public async Task A_customer_who_lets_nobody_into_the_directory_can_be_suspended_and_sold_to_all_the_same(string name)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(name);
        var request = new SuspensionRequest { CustomerId = source.CustomerId, SubscriptionId = source.SubscriptionId };
        var nonPayment = new SuspensionOptions { Reason = SuspensionReason.NonPayment };

        var bought = await run.BuyNewAsync(source.CustomerId, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 });
        var plan = await run.Client.Suspensions.PlanAsync(request, nonPayment, CancellationToken.None);
        var ended = Assert.Single(await run.SuspendAsync([request], nonPayment));

        Assert.Equal(TargetOutcome.Purchased, bought.Outcome);
        Assert.Contains("cannot be counted", plan.ActionText, StringComparison.Ordinal);
        Assert.Equal((SuspensionOutcome.Suspended, "suspended"), (ended.Outcome, run.Subscription(source.SubscriptionId!).Status));
    }

    [Theory]
    [InlineData(SuspensionReason.Migrated)]
    [InlineData(SuspensionReason.CustomerRequest)]
    public async Task Who_suspends_the_target_in_an_unfinished_migration_is_warned(SuspensionReason reason)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));

        var plan = await PlanOfAsync(run, bought.TargetSubscriptionId!, reason);

        Assert.Contains($"It replaces Dynamics AX Enterprise ({bought.SourceSubscriptionId}) in a migration that is not finished.", plan.Warning, StringComparison.Ordinal);
        Assert.EndsWith($": Undo-SubscriptionMigration -CustomerId {bought.CustomerId} -SubscriptionId {bought.SourceSubscriptionId}", plan.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_suspends_the_target_in_a_finished_migration_or_the_source_is_not_warned_of_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));
        var move = Assert.Single(await run.MoveAsync([bought]));

        var ofSource = await PlanOfAsync(run, bought.SourceSubscriptionId!, SuspensionReason.Migrated);
        _ = Assert.Single(await run.SuspendAsync([move]));
        var ofTarget = await PlanOfAsync(run, bought.TargetSubscriptionId!, SuspensionReason.CustomerRequest);

        Assert.DoesNotContain("It replaces", ofSource.Warning ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("It replaces", ofTarget.Warning ?? "", StringComparison.Ordinal);
    }

    private static Task<SuspensionPlan> PlanOfAsync(SandboxRun run, string subscriptionId, SuspensionReason reason)
    {
        var request = new SuspensionRequest { CustomerId = run.Customer().Id, SubscriptionId = subscriptionId };
        return run.Client.Suspensions.PlanAsync(request, new SuspensionOptions { Reason = reason }, CancellationToken.None);
    }

    [Fact]
    public async Task For_Migrated_nobody_may_hold_it()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        Assert.Empty(await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new SuspensionOptions()));

        var error = run.TakeError();
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Contains("20", error.Message, StringComparison.Ordinal);
        Assert.Equal((source.CustomerId, source.SubscriptionId), (error.CustomerId, error.SubscriptionId));
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData(SuspensionReason.Migrated, SuspensionOutcome.EndsWithTerm, "active")]
    [InlineData(SuspensionReason.NonPayment, SuspensionOutcome.Suspended, "suspended")]
    public async Task On_new_commerce_other_reasons_suspend_rather_than_end_the_renewal(SuspensionReason reason, SuspensionOutcome outcome, string status)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("New commerce source");
        if (reason == SuspensionReason.Migrated)
        {
            _ = await run.MoveAsync(await run.BuyAsync([source]));
        }

        var ended = Assert.Single(await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new SuspensionOptions { Reason = reason }));

        Assert.Equal(outcome, ended.Outcome);
        Assert.Equal(status, run.Subscription(source.SubscriptionId!).Status);
    }

    [Theory]
    [InlineData("contoso", CommerceKind.Legacy)]
    [InlineData("contoso:legacyCommerce=closed", CommerceKind.NewCommerce)]
    [InlineData("contoso:legacyCommerce=refused", CommerceKind.NewCommerce)]
    public async Task A_subscription_can_be_bought_without_a_source(string scenario, CommerceKind commerce)
    {
        using var run = await SandboxRun.StartAsync(scenario);

        var bought = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Team Members", Quantity = 7 });

        Assert.Equal((TargetOutcome.Purchased, commerce, 7), (bought.Outcome, bought.Commerce, bought.Quantity));
        Assert.Null(bought.SourceSubscriptionId);
        Assert.Null(bought.Source);
        Assert.False(bought.LicenseMoveNeeded);
        Assert.Equal("Dynamics 365 Team Members (new)", run.Subscription(bought.TargetSubscriptionId!).FriendlyName);
    }

    [Fact]
    public async Task The_same_name_is_the_same_purchase_and_another_name_buys_another()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3, FriendlyName = "North" };
        var first = await run.BuyNewAsync(run.Customer().Id, options);
        using var elsewhere = await SandboxRun.ConnectAsync(run.Tenant);

        var again = await run.BuyNewAsync(run.Customer().Id, options);
        var withoutJournal = await elsewhere.BuyNewAsync(run.Customer().Id, options with { FriendlyName = "north" });
        var other = await run.BuyNewAsync(run.Customer().Id, options with { FriendlyName = "South" });

        Assert.Equal((TargetOutcome.Resumed, first.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal((TargetOutcome.Resumed, first.TargetSubscriptionId), (withoutJournal.Outcome, withoutJournal.TargetSubscriptionId));
        Assert.Equal(TargetOutcome.Purchased, other.Outcome);
        Assert.Equal("North (new)", run.Subscription(first.TargetSubscriptionId!).FriendlyName);
        Assert.Equal(2, run.Customer().Orders.Count(order => order.Origin == "api"));
    }

    [Fact]
    public async Task The_same_name_for_another_target_is_another_purchase()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3, FriendlyName = "North" };
        _ = await run.BuyNewAsync(run.Customer().Id, options);

        var other = await run.BuyNewAsync(run.Customer().Id, options with { Target = "Dynamics 365 Team Members" });

        Assert.Equal((TargetOutcome.Purchased, Ids.TeamMembers), (other.Outcome, other.OfferId));
    }

    [Theory]
    [InlineData("Dynamics 365 Customer Engagement Plan Trial", "P30D")]
    [InlineData("CFQ7TTC0SB06:0002", "P1M")]
    public async Task Trials_can_be_bought_so_too_and_once(string target, string term)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new PurchaseOptions { Target = target, Quantity = 25 };

        var trial = await run.BuyNewAsync(run.Customer().Id, options);
        var again = await run.BuyNewAsync(run.Customer().Id, options);

        Assert.Equal((TargetOutcome.Purchased, 25, term), (trial.Outcome, trial.Quantity, trial.TermDuration));
        Assert.Equal((TargetOutcome.Resumed, trial.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
    }

    [Fact]
    public async Task A_plan_without_a_source_sends_nothing_and_is_what_a_run_does()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var options = new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 };

        var planned = await run.BuyNewAsync(run.Customer().Id, options, planOnly: true);
        Assert.Equal(0, run.Writes());
        var bought = await run.BuyNewAsync(run.Customer().Id, options);

        Assert.True(planned.IsPlanned);
        Assert.Equal(
            (planned.OfferId, planned.Quantity, planned.BillingCycle, planned.TermDuration, planned.Outcome, planned.Commerce),
            (bought.OfferId, bought.Quantity, bought.BillingCycle, bought.TermDuration, bought.Outcome, bought.Commerce));
    }

    [Fact]
    public async Task Nothing_moves_for_what_was_bought_without_a_source()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 });

        Assert.Empty(await run.MoveAsync([bought]));

        Assert.Empty(run.Errors);
    }

    private sealed class RequestKeeper : IConfirmer
    {
        public List<ConfirmationRequest> Requests { get; } = [];

        public bool IsPlanOnly => false;

        public bool AnswersAtOnce => false;

        public Task RequirePromptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(ConfirmationAnswer.Confirmed);
        }
    }
}
