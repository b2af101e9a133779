using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Changes;

/// <summary>What is sent is what was confirmed: others go on working while a prompt stands.</summary>
public sealed class ConfirmationTests
{
    private const string NewCommerce = "contoso:legacyCommerce=closed";

    [Theory]
    [InlineData("contoso")]
    [InlineData(NewCommerce)]
    public async Task Two_administrators_with_two_journals_buy_once(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        using var other = await SandboxRun.ConnectAsync(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var user = new ScriptedConfirmer(() => other.BuyAsync([source]));
        run.Confirmer = user;

        var target = await run.BuyOneAsync(source);

        Assert.Empty(other.Errors);
        Assert.Single(user.Asked);
        Assert.Equal(TargetOutcome.Resumed, target.Outcome);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task Two_administrators_give_seats_once()
    {
        const string Limited = "Limited offer with too few seats";
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var other = await SandboxRun.ConnectAsync(run.Tenant);
        var source = await run.FindOneAsync(Limited);
        run.Confirmer = new ScriptedConfirmer(() => other.BuyAsync([source]));

        var target = await run.BuyOneAsync(source);

        // Six seats, one of them free; ten are needed.
        Assert.Empty(other.Errors);
        Assert.Equal(15, run.Subscription(target.TargetSubscriptionId!).Quantity);
    }

    [Fact]
    public async Task A_purchase_that_has_become_another_is_confirmed_again()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var user = new ScriptedConfirmer(() => ChangeAsync(run, service, source.SubscriptionId!, ("quantity", 30)));
        run.Confirmer = user;

        var target = await run.BuyOneAsync(source);

        Assert.Equal(2, user.Asked.Count);
        Assert.StartsWith("Buy 25 seats of ", user.Asked[0], StringComparison.Ordinal);
        Assert.StartsWith("Buy 30 seats of ", user.Asked[1], StringComparison.Ordinal);
        Assert.Equal((30, 30), (target.Quantity, run.Subscription(target.TargetSubscriptionId!).Quantity));
    }

    [Fact]
    public async Task A_No_to_what_a_purchase_has_become_buys_nothing()
    {
        using var run = await SandboxRun.StartAsync(NewCommerce);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        run.Confirmer = new ScriptedConfirmer(async number =>
        {
            await ChangeAsync(run, service, source.SubscriptionId!, ("quantity", 30));
            return number == 1 ? ConfirmationAnswer.Confirmed : ConfirmationAnswer.Declined;
        });

        Assert.Empty(await run.BuyAsync([source]));

        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Customer().Orders, order => order.Origin == "api");
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData(NewCommerce)]
    public async Task What_changes_at_every_prompt_ends_in_an_error_of_its_own_and_nothing_is_sent(string scenario)
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(scenario, time: time);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var user = new ScriptedConfirmer(async number =>
        {
            await ChangeAsync(run, service, source.SubscriptionId!, ("quantity", 25 + number));
            return ConfirmationAnswer.Confirmed;
        });
        run.Confirmer = user;

        Assert.Empty(await run.BuyAsync([source]));

        Assert.Equal("PlanChanged", run.TakeError().ErrorId);
        Assert.Equal(5, user.Asked.Distinct().Count());
        Assert.DoesNotContain(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_list_that_shows_an_old_number_of_seats_for_good_keeps_nothing_from_its_end()
    {
        const string Limited = "Limited offer with too few seats";
        using var time = VirtualTime.Automatic();
        RequestRecorder? recorder = null;
        string? membersId = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner, Age), time: time);
        using var service = new DirectService(run.Tenant);
        var customer = run.Customer(Limited);
        var members = Assert.Single(customer.Subscriptions, subscription => string.Equals(subscription.OfferId, Ids.TeamMembers, StringComparison.OrdinalIgnoreCase));
        await service.ChangeSubscriptionAsync(customer, members.Id, ("quantity", 8));
        membersId = members.Id;
        var source = await run.FindOneAsync(Limited);
        var before = recorder!.All.Count;

        var target = await run.BuyOneAsync(source);

        // Eight seats, of which five are held; ten are needed.
        Assert.Equal((15, 15), (target.Quantity, run.Subscription(members.Id).Quantity));
        Assert.InRange(recorder.All.Count - before, 1, 40);

        string Age(string path, string text)
        {
            if (!path.EndsWith("/subscriptions", StringComparison.OrdinalIgnoreCase) || JsonNode.Parse(text) is not { } list)
            {
                return text;
            }

            foreach (var item in list["items"]!.AsArray().Where(item => (string?)item!["id"] == membersId))
            {
                item!["quantity"] = 6;
            }

            return list.ToJsonString();
        }
    }

    [Fact]
    public async Task Seats_that_are_others_at_every_write_end_in_an_error_after_a_few_pauses_where_nobody_is_asked()
    {
        const string Limited = "Limited offer with too few seats";
        using var time = VirtualTime.Automatic();
        RequestRecorder? recorder = null;
        string? membersId = null;
        var (isOn, readsOfPlan, reads, seats) = (false, 0, 0, 0);
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner, Change), time: time);
        var members = Assert.Single(run.Customer(Limited).Subscriptions, subscription => string.Equals(subscription.OfferId, Ids.TeamMembers, StringComparison.OrdinalIgnoreCase));
        (membersId, seats) = (members.Id, members.Quantity);
        var source = await run.FindOneAsync(Limited);
        _ = await run.BuyOneAsync(source, planOnly: true);
        (isOn, readsOfPlan) = (true, reads);
        var (before, startedAt) = (recorder!.All.Count, time.Elapsed);

        Assert.Empty(await run.BuyAsync([source]));

        Assert.Equal("PlanChanged", run.TakeError().ErrorId);
        Assert.InRange(recorder.All.Count - before, 1, 200);
        Assert.InRange(time.Elapsed - startedAt, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
        Assert.Equal(seats, run.Subscription(members.Id).Quantity);

        // A plan reads the list, then the subscription; whoever reads the subscription once more is about to change it.
        string Change(string path, string text)
        {
            if (path.EndsWith("/subscriptions", StringComparison.OrdinalIgnoreCase))
            {
                reads = 0;
            }
            else if (membersId is not null && path.EndsWith($"/subscriptions/{membersId}", StringComparison.OrdinalIgnoreCase) && ++reads > readsOfPlan && isOn)
            {
                var subscription = JsonNode.Parse(text.TrimStart('\uFEFF'))!;
                subscription["quantity"] = seats + 1;
                return subscription.ToJsonString();
            }

            return text;
        }
    }

    [Fact]
    public async Task Who_gets_the_old_license_while_the_prompt_stands_keeps_it_from_being_suspended()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var moves = await run.MoveAsync(await run.BuyAsync([source]));
        var late = run.Customer().Users.First(user => user.Licenses.Count == 0);
        run.Confirmer = new ScriptedConfirmer(() => service.AssignAsync(run.Customer(), late, moves[0].SourceSkuId!));

        Assert.Empty(await run.SuspendAsync(moves));

        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal("active", run.Subscription(source.SubscriptionId!).Status);
    }

    [Fact]
    public async Task What_somebody_changes_while_the_prompt_stands_is_not_changed_back()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync("New commerce source");
        var customer = run.Customer("New commerce source");
        var settings = new SubscriptionSettings { AutoRenew = !source.AutoRenewEnabled };
        run.Confirmer = new ScriptedConfirmer(() => service.ChangeSubscriptionAsync(customer, source.SubscriptionId!, ("quantity", 15), ("friendlyName", "Theirs")));

        _ = await run.SetAsync(source, settings);

        var now = run.Subscription(source.SubscriptionId!);
        Assert.Equal((15, "Theirs", !source.AutoRenewEnabled), (now.Quantity, now.FriendlyName, now.AutoRenewEnabled));
    }

    [Fact]
    public async Task Seats_set_while_others_set_them_are_confirmed_again()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var user = new ScriptedConfirmer(() => ChangeAsync(run, service, source.SubscriptionId!, ("quantity", 28)));
        run.Confirmer = user;

        var now = await run.SetAsync(source, new SubscriptionSettings { Quantity = 30 });

        Assert.Equal(["quantity 25 to 30", "quantity 28 to 30"], user.Asked.Select(asked => asked.Split("Set ")[1].Split(" of ")[0]));
        Assert.Equal(30, now.Quantity);
    }

    [Fact]
    public async Task An_undo_that_has_become_another_is_confirmed_again()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.FinishAsync([source]);
        var moved = run.Customer().Users.First(user => user.Licenses.Count > 0);
        var user = new ScriptedConfirmer(() => service.DeleteUserAsync(run.Customer(), moved));
        run.Confirmer = user;

        var undone = Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Empty(run.Errors);
        Assert.Equal(2, user.Asked.Count);
        Assert.Contains("move 20 users back", user.Asked[0], StringComparison.Ordinal);
        Assert.Contains("move 19 users back", user.Asked[1], StringComparison.Ordinal);
        Assert.Equal((MigrationState.RolledBack, 19, 0), (undone.State, undone.LicenseMove!.Moved, undone.LicenseMove.Failed));
    }

    [Fact]
    public async Task Every_step_takes_a_No_and_sends_nothing_then()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var no = new ScriptedConfirmer(_ => Task.FromResult(ConfirmationAnswer.Declined));

        await SendsNothingAsync(async () => Assert.Empty(await run.BuyAsync([source])));
        var bought = await run.BuyOneAsync(source);
        await SendsNothingAsync(async () => Assert.Null(await run.Client.LicenseMoves.ConfirmAsync(bought, new(), [], no, CancellationToken.None)));
        var moves = await run.MoveAsync([bought]);
        await SendsNothingAsync(async () => Assert.Empty(await run.SuspendAsync(moves)));
        _ = await run.SuspendAsync(moves);
        await SendsNothingAsync(async () => Assert.Empty(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)])));
        await SendsNothingAsync(async () => Assert.Null(await run.ResumeAsync(source.CustomerId, source.SubscriptionId!)));
        await SendsNothingAsync(async () => Assert.Null(await run.SetAsync(source, new SubscriptionSettings { FriendlyName = "Other" })));
        Assert.Equal(6, no.Asked.Count);

        async Task SendsNothingAsync(Func<Task> step)
        {
            var writes = run.Writes();
            run.Confirmer = no;
            await step();
            run.Confirmer = null;
            Assert.Empty(run.Errors);
            Assert.Equal(writes, run.Writes());
        }
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(30, "PlanChanged")]
    public async Task A_run_goes_on_by_itself_where_no_more_is_bought_than_was_confirmed(int seats, string? errorId)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");
        using var service = new DirectService(run.Tenant);
        var rows = (await run.FindAsync()).Take(2).ToList();
        var changed = rows[0];
        var user = new ScriptedConfirmer(() => service.ChangeSubscriptionAsync(
            run.Tenant.GetState().Customers.Single(customer => customer.Id == changed.CustomerId), changed.SubscriptionId!, ("quantity", seats)));
        var ended = new List<SubscriptionMigration>();

        var plan = await run.Client.Runs.PlanAsync(rows, new MigrationRunOptions { CustomersAtOnce = 1 }, CancellationToken.None);
        await run.Client.Runs.RunAsync(plan, isPlanned: false, user, Results.Into(ended), (_, error) => run.Errors.Add(error), CancellationToken.None);

        Assert.Single(user.Asked);
        Assert.Equal(errorId, run.Errors.SingleOrDefault()?.ErrorId);
        Assert.Equal([errorId, null], rows.Select(row => ended.Single(migration => migration.SourceSubscriptionId == row.SubscriptionId).ErrorId));
        Assert.Equal(errorId is null ? seats : null, ended.Single(migration => migration.SourceSubscriptionId == changed.SubscriptionId).Target?.Quantity);
        Assert.Equal(MigrationState.Completed, ended.Single(migration => migration.SourceSubscriptionId != changed.SubscriptionId).State);
    }

    [Fact]
    public async Task What_a_plan_shows_is_not_asked_for_and_nothing_of_it_is_sent()
    {
        using var run = await SandboxRun.StartAsync(NewCommerce);
        var source = Assert.Single(await run.FindAsync());

        var planned = await run.BuyOneAsync(source, planOnly: true);
        var moves = new List<LicenseMove>();
        var request = await run.Client.LicenseMoves.ConfirmAsync(planned, new(), [], UnattendedConfirmer.Confirming, CancellationToken.None);
        await run.Client.LicenseMoves.MoveAsync([request!], new LicenseMoveOptions(), Take, (_, error) => run.Errors.Add(error), CancellationToken.None);
        var ended = Assert.Single(await run.SuspendAsync(moves));

        Assert.Empty(run.Errors);
        Assert.True(planned.IsPlanned && moves.Single().IsPlanned && ended.IsPlanned);
        Assert.Equal(0, run.Writes());

        Task Take(LicenseMove move)
        {
            moves.Add(move);
            return Task.CompletedTask;
        }
    }

    private static Task ChangeAsync(SandboxRun run, DirectService service, string subscriptionId, params (string Name, JsonNode? Value)[] changes) =>
        service.ChangeSubscriptionAsync(run.Customer(), subscriptionId, changes);
}
