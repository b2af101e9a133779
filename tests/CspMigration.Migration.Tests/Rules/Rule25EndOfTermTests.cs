using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Purchases;
using CspMigration.Core.Status;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Rule 25: an end is an end. Auto-renew off and the cancellation at the end of the term go in one change, are read back, outlive our later
/// changes, and are restored by a rollback.
/// </summary>
public sealed class Rule25EndOfTermTests
{
    private const string Name = "New commerce source";

    private static readonly JsonArray WithOtherSeats = new(new JsonObject
    {
        ["scheduleType"] = "TermEnd",
        ["actionType"] = "RenewToNewTerm",
        ["instructions"] = new JsonObject
        {
            ["product"] = new JsonObject { ["productId"] = "CFQ7TTC0SB0F", ["skuId"] = "0001", ["billingCycle"] = "monthly", ["termDuration"] = "P1Y" },
            ["quantity"] = 12,
        },
    });

    [Fact]
    public async Task A_source_is_ended_by_one_change_although_its_auto_renew_is_off_already()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(Name)));
        var writes = run.Writes();

        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Equal((SuspensionOutcome.EndsWithTerm, "active", writes + 1), (ended.Outcome, ended.Status, run.Writes()));
        Assert.Equal((false, "Ends", "Cancel"), End(run, ended.SubscriptionId!));
        Assert.Equal(moves[0].Target!.Source!.CommitmentEndDate, ended.ReactivateBefore);
        Assert.Null(ended.DataDeletedBy);
    }

    [Fact]
    public async Task After_its_term_it_is_gone_and_was_never_extended()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var row = await run.FindOneAsync(Name);
        _ = await run.CompleteAsync([row]);

        time.Advance(TimeSpan.FromDays(35));

        Assert.Equal("disabled", run.Subscription(row.SubscriptionId!).Status);
        Assert.StartsWith("2026-07-10", run.Subscription(row.SubscriptionId!).CommitmentEndDate, StringComparison.Ordinal);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("endOfTerm=refuse")]
    [InlineData("endOfTerm=ignore")]
    public async Task Where_the_service_does_not_take_it_the_warning_names_the_day_and_the_choice(string option)
    {
        using var run = await SandboxRun.StartAsync($"edge-cases:{option}", time: new SettableTime("2026-06-10T12:00:00Z"));
        var rows = await run.FindAsync(Name);

        var ended = Assert.Single(await run.FinishAsync(rows));

        Assert.Equal((SuspensionOutcome.AutoRenewOff, "active"), (ended.Outcome, ended.Status));
        Assert.False(run.Subscription(ended.SubscriptionId!).AutoRenewEnabled);
        Assert.Contains(run.Observer.Messages, warning => warning.Contains("2026-07-10", StringComparison.Ordinal) && warning.Contains("cancel at end of term", StringComparison.Ordinal));
        var writes = run.Writes();
        Assert.Equal(SuspensionOutcome.AutoRenewOff, Assert.Single(await run.FinishAsync(await run.FindAsync(Name))).Outcome);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task A_service_that_accepts_first_is_asked_until_it_shows()
    {
        using var run = await SandboxRun.StartAsync("edge-cases:accepted=on");

        var ended = Assert.Single(await run.FinishAsync(await run.FindAsync(Name)));

        Assert.Equal((SuspensionOutcome.EndsWithTerm, (false, "Ends", "Cancel")), (ended.Outcome, End(run, ended.SubscriptionId!)));
    }

    [Fact]
    public async Task Our_own_later_changes_keep_it()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync(Name);
        _ = await run.CompleteAsync([row]);

        var seats = await run.SetAsync(row, new SubscriptionSettings { Quantity = 12 });
        Assert.Equal((12, EndOfTerm.Ends, (false, "Ends", "Cancel")), (seats.Quantity, seats.EndOfTerm, End(run, row.SubscriptionId!)));
        var name = await run.SetAsync(row, new SubscriptionSettings { FriendlyName = "Ours" });

        Assert.Equal((EndOfTerm.Ends, (false, "Ends", "Cancel")), (name.EndOfTerm, End(run, row.SubscriptionId!)));
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task A_renewal_that_somebody_scheduled_outlives_a_change_of_seats_with_the_new_number()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Name);
        await ScheduleAsync(run, service, row, quantity: 10);

        _ = await run.SetAsync(row, new SubscriptionSettings { Quantity = 14 });

        var action = Assert.Single(run.Subscription(row.SubscriptionId!).ScheduledActions);
        Assert.Equal(("RenewToNewTerm", 14, true), (action.ActionType, action.Quantity, run.Subscription(row.SubscriptionId!).AutoRenewEnabled));
    }

    [Fact]
    public async Task A_second_run_sets_again_what_something_has_taken_off()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Name);
        _ = await run.CompleteAsync([row]);
        await service.ChangeSubscriptionAsync(run.Customer(Name), row.SubscriptionId!, ("scheduledActions", new JsonArray()));

        var found = await run.FindOneAsync(Name);
        Assert.Equal((MigrationState.LicensesMoved, EndOfTerm.Extends), (found.MigrationState, found.EndOfTerm));
        Assert.Equal(SuspensionOutcome.EndsWithTerm, Assert.Single(await run.FinishAsync([found])).Outcome);

        Assert.Equal((false, "Ends", "Cancel"), End(run, row.SubscriptionId!));
        Assert.Equal(MigrationState.Completed, (await run.FindOneAsync(Name)).MigrationState);
    }

    [Fact]
    public async Task What_somebody_has_had_renew_is_found_and_left_alone()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Name);
        _ = await run.CompleteAsync([row]);
        await service.ChangeSubscriptionAsync(run.Customer(Name), row.SubscriptionId!, ("autoRenewEnabled", true), ("scheduledActions", new JsonArray()));
        var writes = run.Writes();

        var found = await run.FindOneAsync(Name);
        Assert.Equal((MigrationState.LicensesMoved, EndOfTerm.RenewsIntoRetired), (found.MigrationState, found.EndOfTerm));
        Assert.Empty(await run.SuspendAsync(await run.MoveAsync(await run.BuyAsync([found]))));

        Assert.Equal("EndOfTermChanged", run.TakeError().ErrorId);
        Assert.Equal((writes, true), (run.Writes(), run.Subscription(row.SubscriptionId!).AutoRenewEnabled));
        var standing = Assert.Single(await run.RefreshAsync());
        Assert.Equal((MigrationState.LicensesMoved, "EndOfTermChanged"), (standing.State, standing.ErrorId));
    }

    [Fact]
    public async Task What_the_user_has_had_renew_through_the_module_is_no_longer_reported()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync(Name);
        _ = await run.CompleteAsync([row]);

        var now = await run.SetAsync(row, new SubscriptionSettings { EndOfTerm = EndOfTermChoice.Renew });

        Assert.Equal(EndOfTerm.Renews, now.EndOfTerm);
        Assert.Empty(await run.FindAsync(Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rollback_restores_what_stood_there_before(bool renewed)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Name);
        if (renewed)
        {
            await ScheduleAsync(run, service, row, quantity: 12);
        }

        var before = run.Subscription(row.SubscriptionId!);
        row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([Name], true)));
        _ = await run.CompleteAsync([row]);
        Assert.Equal((false, "Ends", "Cancel"), End(run, row.SubscriptionId!));

        _ = await run.UndoAsync(row);

        Assert.Equal(before, run.Subscription(row.SubscriptionId!) with { ScheduledActions = before.ScheduledActions });
        Assert.Equal(before.ScheduledActions, run.Subscription(row.SubscriptionId!).ScheduledActions);
    }

    [Fact]
    public async Task Resuming_it_restores_what_stood_there_before()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        await service.ChangeSubscriptionAsync(run.Customer(Name), run.Customer(Name).Subscriptions[0].Id, ("autoRenewEnabled", true));
        var row = Assert.Single(await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([Name], true)));
        _ = await run.CompleteAsync([row]);

        var resumed = await run.ResumeAsync(row.CustomerId, row.SubscriptionId!);

        Assert.Equal(EndOfTerm.Renews, resumed.EndOfTerm);
        Assert.Equal((true, "Renews", null), End(run, row.SubscriptionId!));
    }

    [Fact]
    public async Task A_purchase_that_can_no_longer_be_canceled_ends_with_its_term_when_it_is_rolled_back()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var row = await run.FindOneAsync(Name);
        var target = Assert.Single(await run.CompleteAsync([row], new PurchaseOptions { Commerce = CommerceChoice.New }));
        time.Advance(TimeSpan.FromDays(10));

        var undone = Assert.Single(await run.UndoAsync(row));

        Assert.Equal((SuspensionOutcome.EndsWithTerm, (false, "Ends", "Cancel")), (undone.Suspension!.Outcome, End(run, target.TargetSubscriptionId!)));
        _ = await run.BuyAsync(await run.FindAsync(Name), new PurchaseOptions { Commerce = CommerceChoice.New });
        Assert.Equal((true, "Renews", null), End(run, target.TargetSubscriptionId!));
    }

    [Fact]
    public async Task A_purchase_that_others_depend_on_does_not_end_with_its_term_when_it_is_rolled_back()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("contoso:legacyCommerce=closed", time: time);
        using var service = new DirectService(run.Tenant);
        var row = Assert.Single(await run.FindAsync());
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync([row])));
        await service.AssignAsync(run.Customer(), run.Customer().Users.First(user => user.Licenses.Count == 0), move.TargetSkuId!);
        time.Advance(TimeSpan.FromDays(10));

        Assert.Empty(await run.UndoAsync([(row.CustomerId, row.SubscriptionId!)]));

        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal((true, "Renews", null), End(run, move.TargetSubscriptionId!));
    }

    [Fact]
    public async Task A_paid_extension_is_canceled_at_once_without_the_seven_days()
    {
        var time = new SettableTime("2026-06-10T12:00:00Z");
        using var run = await SandboxRun.StartAsync("edge-cases", time: time);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(Name)));
        time.Advance(TimeSpan.FromDays(50));

        var ended = Assert.Single(await run.SuspendAsync(moves, new SuspensionOptions { Cancel = true }));

        Assert.Equal((SuspensionOutcome.Cancelled, "deleted"), (ended.Outcome, run.Subscription(ended.SubscriptionId!).Status));
    }

    [Theory]
    [InlineData(EndOfTermChoice.Cancel, EndOfTerm.Ends)]
    [InlineData(EndOfTermChoice.Extend, EndOfTerm.Extends)]
    [InlineData(EndOfTermChoice.Renew, EndOfTerm.Renews)]
    public async Task The_end_of_a_term_can_be_chosen_by_hand(EndOfTermChoice choice, EndOfTerm expected)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync(Name);

        Assert.Equal(expected, (await run.SetAsync(row, new SubscriptionSettings { EndOfTerm = choice })).EndOfTerm);
        var writes = run.Writes();
        Assert.Equal(expected, (await run.SetAsync(row, new SubscriptionSettings { EndOfTerm = choice })).EndOfTerm);
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task On_new_commerce_auto_renew_off_is_the_cancellation()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var row = await run.FindOneAsync(Name);

        Assert.Equal(EndOfTerm.Ends, (await run.SetAsync(row, new SubscriptionSettings { AutoRenew = false })).EndOfTerm);
    }

    [Fact]
    public async Task Legacy_has_no_end_of_term_to_choose()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var row = Assert.Single(await run.FindAsync());

        var refusal = await Assert.ThrowsAsync<CspMigrationException>(() => run.SetAsync(row, new SubscriptionSettings { EndOfTerm = EndOfTermChoice.Cancel }));

        Assert.Equal(("EndOfTermNotAvailable", 0), (refusal.ErrorId, run.Writes()));
    }

    [Fact]
    public async Task What_somebody_decides_right_before_the_end_is_set_is_what_a_rollback_restores()
    {
        InterveningHandler? others = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => others = new InterveningHandler(inner, "", HttpMethod.Get, skip: 1));
        using var service = new DirectService(run.Tenant);
        var row = await run.FindOneAsync(Name);
        var moves = await run.MoveAsync(await run.BuyAsync([row]));
        others!.PathEnd = row.SubscriptionId!;
        others.Act = () => service.ChangeSubscriptionAsync(run.Customer(Name), row.SubscriptionId!, ("autoRenewEnabled", true));

        Assert.Equal(SuspensionOutcome.EndsWithTerm, Assert.Single(await run.SuspendAsync(moves)).Outcome);
        Assert.Equal((false, "Ends", "Cancel"), End(run, row.SubscriptionId!));
        _ = await run.UndoAsync(row);

        Assert.Equal((true, "Renews", null), End(run, row.SubscriptionId!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_change_of_seats_took_off_is_set_again_by_the_next_change_after_a_crash_between_the_two(bool sameAgain)
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases" });
        var row = await CrashAfterChangeOfSeatsAsync(tenant, journal);
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, journal);
        Assert.Equal((12, 0), (run.Subscription(row.SubscriptionId!).Quantity, run.Subscription(row.SubscriptionId!).ScheduledActions.Count));

        var now = await run.SetAsync(row, sameAgain ? new SubscriptionSettings { Quantity = 12 } : new SubscriptionSettings { FriendlyName = "Ours" });

        var action = Assert.Single(run.Subscription(row.SubscriptionId!).ScheduledActions);
        Assert.Equal(("RenewToNewTerm", 12, EndOfTerm.Renews), (action.ActionType, action.Quantity, now.EndOfTerm));
        Assert.Empty(tenant.GetState().Violations);
        var writes = run.Writes();
        _ = await run.SetAsync(row, new SubscriptionSettings { Quantity = 12 });
        Assert.Equal(writes, run.Writes());
    }

    [Fact]
    public async Task What_somebody_has_decided_since_such_a_crash_stays()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases" });
        var row = await CrashAfterChangeOfSeatsAsync(tenant, journal);
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, journal);
        using var service = new DirectService(tenant);
        await service.ChangeSubscriptionAsync(run.Customer(Name), row.SubscriptionId!, ("autoRenewEnabled", false));

        _ = await run.SetAsync(row, new SubscriptionSettings { FriendlyName = "Ours" });

        Assert.Equal((false, 0), (run.Subscription(row.SubscriptionId!).AutoRenewEnabled, run.Subscription(row.SubscriptionId!).ScheduledActions.Count));
    }

    [Fact]
    public async Task An_end_that_the_service_refused_is_known_from_another_journal()
    {
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases:endOfTerm=refuse" });
        using (var nightly = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, folder.File("nightly.jsonl")))
        {
            _ = await nightly.CompleteAsync(await nightly.FindAsync(Name));
        }

        using var run = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, folder.File("own.jsonl"));
        var refreshed = new List<SubscriptionMigration>();
        await run.Client.Status.RefreshAsync(MigrationHistory.Read([folder.File("nightly.jsonl")], (_, error) => throw error), [], Results.Into(refreshed), (_, error) => throw error, default);

        Assert.Equal(MigrationState.Completed, Assert.Single(refreshed).State);
    }

    [Fact]
    public async Task With_the_journal_lost_a_rollback_warns_that_the_source_still_ends()
    {
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "edge-cases" });
        ExpiringSubscription row;
        using (var other = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, folder.File("other.jsonl")))
        {
            row = await other.FindOneAsync(Name);
            _ = await other.CompleteAsync([row]);
        }

        using var run = await SandboxRun.ConnectAsync(tenant, through: null, TimeProvider.System, folder.File("own.jsonl"));
        _ = await run.UndoAsync(row);

        Assert.Equal((false, "Ends", "Cancel"), End(run, row.SubscriptionId!));
        Assert.Contains(run.Observer.Messages, message => message.Contains("the journal does not have its earlier end-of-term setting", StringComparison.Ordinal) && message.Contains("-AutoRenew $true", StringComparison.Ordinal));
    }

    // The process dies after the service has changed the seats, which drops what is scheduled.
    private static async Task<ExpiringSubscription> CrashAfterChangeOfSeatsAsync(SandboxTenant tenant, string journal)
    {
        using var death = new CancellationTokenSource();
        using var run = await SandboxRun.ConnectAsync(tenant, inner => new DeadAfterPatch(inner, death), TimeProvider.System, journal, death.Token);
        using var service = new DirectService(tenant);
        var row = await run.FindOneAsync(Name);
        await ScheduleAsync(run, service, row, quantity: 10);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            run.Client.Changes.SetAsync(row.CustomerId, row.SubscriptionId!, new SubscriptionSettings { Quantity = 12 }, UnattendedConfirmer.Confirming, death.Token));
        return row;
    }

    private static (bool AutoRenew, string EndOfTerm, string? Action) End(SandboxRun run, string subscriptionId)
    {
        var subscription = run.Subscription(subscriptionId);
        return (subscription.AutoRenewEnabled, subscription.EndOfTerm, subscription.ScheduledActions.SingleOrDefault()?.ActionType);
    }

    private sealed class DeadAfterPatch(HttpMessageHandler inner, CancellationTokenSource death) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            death.Token.ThrowIfCancellationRequested();
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Patch)
            {
                await death.CancelAsync();
                death.Token.ThrowIfCancellationRequested();
            }

            return response;
        }
    }

    private static Task ScheduleAsync(SandboxRun run, DirectService service, ExpiringSubscription row, int quantity)
    {
        var actions = WithOtherSeats.DeepClone();
        actions[0]!["instructions"]!["quantity"] = quantity;
        return service.ChangeSubscriptionAsync(run.Customer(Name), row.SubscriptionId!, ("autoRenewEnabled", true), ("scheduledActions", actions));
    }
}
