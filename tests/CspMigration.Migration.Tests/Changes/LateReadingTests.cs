using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Changes;

/// <summary>What was read before a prompt, a wait or another call may be old: it is read, checked and counted again right before each write.</summary>
public sealed class LateReadingTests
{
    private const string BothOfTwo = "One SKU twice and both expiring";
    private const string Updates = "/v1/customers/{customerId}/users/{userId}/licenseupdates";

    [Fact]
    public async Task Seats_that_somebody_adds_and_a_new_name_outlive_the_end_of_the_renewal()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        const string Name = "New commerce source";
        var source = run.Customer(Name).Subscriptions.Single().Id;
        await service.ChangeSubscriptionAsync(run.Customer(Name), source, ("autoRenewEnabled", true));
        var rows = await run.FindAsync(query => (query.Customers, query.IncludeAutoRenew) = ([Name], true));
        var moves = await run.MoveAsync(await run.BuyAsync(rows));
        run.Confirmer = new ScriptedConfirmer(() => service.ChangeSubscriptionAsync(run.Customer(Name), source, ("quantity", 15), ("friendlyName", "Theirs")));

        var ended = Assert.Single(await run.SuspendAsync(moves));

        var now = run.Subscription(source);
        Assert.Equal((SuspensionOutcome.EndsWithTerm, 15, "Theirs", false), (ended.Outcome, now.Quantity, now.FriendlyName, now.AutoRenewEnabled));
    }

    [Fact]
    public async Task Seats_that_the_list_does_not_show_yet_count_where_others_are_to_carry_their_users()
    {
        var list = new AnswerSpoiler("/subscriptions", subscription =>
        {
            subscription["quantity"] = 10;
            return subscription;
        });
        using var run = await SandboxRun.StartAsync("edge-cases", inner => new RequestRecorder(inner, list.Rewrite));
        using var service = new DirectService(run.Tenant);
        var rows = await run.FindAsync(BothOfTwo);
        await service.ChangeSubscriptionAsync(run.Customer(BothOfTwo), rows[0].SubscriptionId!, ("quantity", 16));
        await service.ChangeSubscriptionAsync(run.Customer(BothOfTwo), rows[1].SubscriptionId!, ("quantity", 4));
        list.IsOn = true;

        // Fourteen users; ten by the list, and four by the subscription itself, stay with the other.
        Assert.Empty(await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions()));

        Assert.StartsWith("10 users still depend on ", run.TakeError().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_lost_one_of_two_sources_since_gets_the_target_of_the_other_alone()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? meanwhile = null;
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=2,users=4", inner => meanwhile = new InterveningHandler(inner, "/licenseupdates"), time: time);
        using var service = new DirectService(run.Tenant);
        var targets = await run.BuyAsync(await run.FindAsync());
        var last = run.Customer().Users.OrderBy(user => user.UserPrincipalName, StringComparer.OrdinalIgnoreCase).Last();
        var other = targets.Single(target => !last.Licenses.Any(license => license.SkuId.Equals(target.SourceSkuId, StringComparison.OrdinalIgnoreCase)));
        var own = targets.Single(target => target != other);
        await service.AssignAsync(run.Customer(), last, other.SourceSkuId!);

        // The service keeps the first waiting for nine minutes; meanwhile someone takes one of the two licenses from the last.
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:429;retry-after=540", skip: 1));
        meanwhile!.Act = () => service.PostAsync(
            $"customers/{run.Customer().Id}/users/{last.Id}/licenseupdates", new { licensesToAssign = Array.Empty<object>(), licensesToRemove = new[] { other.SourceSkuId } });
        _ = await run.MoveAsync(targets, new LicenseMoveOptions { UsersAtOnce = 1 });

        Assert.Equal(own.SkuId!, Assert.Single(run.Customer().Users.Single(user => user.Id == last.Id).Licenses).SkuId, ignoreCase: true);
    }

    [Fact]
    public async Task A_user_whose_reading_is_old_is_read_again_before_the_move()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? meanwhile = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => meanwhile = new InterveningHandler(inner, "/licenseupdates"), time: time);
        using var service = new DirectService(run.Tenant);
        var bought = await run.BuyAsync(await run.FindAsync());
        var sourceSku = bought[0].SourceSkuId!;
        var last = Holders(run, sourceSku).OrderBy(user => user.UserPrincipalName, StringComparer.OrdinalIgnoreCase).Last();

        // The service keeps the first waiting for nine minutes; meanwhile someone takes the license from the last.
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:429;retry-after=540", skip: 1));
        meanwhile!.Act = () => service.PostAsync(
            $"customers/{run.Customer().Id}/users/{last.Id}/licenseupdates", new { licensesToAssign = Array.Empty<object>(), licensesToRemove = new[] { sourceSku } });
        var move = Assert.Single(await run.MoveAsync(bought, new LicenseMoveOptions { UsersAtOnce = 1 }));

        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Customer().Users.Single(user => user.Id == last.Id).Licenses, license => string.Equals(license.SkuId, bought[0].SkuId, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((19, 0, true), (move.Moved, move.Remaining, move.IsComplete));
    }

    [Fact]
    public async Task Seats_that_somebody_adds_between_the_mark_and_the_seats_stay()
    {
        const string Customer = "Limited offer with too few seats";
        InterveningHandler? marking = null;
        InterveningHandler? reading = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => marking = new InterveningHandler(reading = new InterveningHandler(inner, "", HttpMethod.Get), "", HttpMethod.Patch));
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync(Customer);
        var target = run.Customer(Customer).Subscriptions.Single(other => other.Id != source.SubscriptionId);
        (marking!.PathEnd, reading!.PathEnd) = (target.Id, target.Id);
        marking.Act = () =>
        {
            reading.Act = () => service.ChangeSubscriptionAsync(run.Customer(Customer), target.Id, ("quantity", target.Quantity + 100));
            return Task.CompletedTask;
        };

        var bought = await run.BuyOneAsync(source);

        Assert.Empty(run.Errors);
        Assert.Equal((target.Id, target.Quantity + 100), (bought.TargetSubscriptionId, run.Subscription(target.Id).Quantity));
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync(await run.MoveAsync([bought]))).Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task Seats_that_somebody_adds_while_users_go_back_are_not_taken_from_them()
    {
        InterveningHandler? meanwhile = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => meanwhile = new InterveningHandler(inner, "/licenseupdates"));
        using var service = new DirectService(run.Tenant);
        var source = await run.FindOneAsync("Limited offer with too few seats");
        var bought = Assert.Single(await run.BuyAsync([source]));
        _ = await run.SuspendAsync(await run.MoveAsync([bought]));
        Assert.Equal((TargetOutcome.Resized, 15), (bought.Outcome, bought.Quantity));
        meanwhile!.Act = () => service.ChangeSubscriptionAsync(run.Customer(source.CustomerName!), bought.TargetSubscriptionId!, ("quantity", 18));

        var undone = Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Empty(run.Errors);
        Assert.Equal((MigrationState.RolledBack, 18), (undone.State, run.Subscription(bought.TargetSubscriptionId!).Quantity));
        Assert.Contains(run.Observer.Messages, message => message.Contains("has 18 seats now, not 15", StringComparison.Ordinal));
    }

    private static IEnumerable<SandboxUser> Holders(SandboxRun run, string skuId) =>
        run.Customer().Users.Where(user => user.Licenses.Any(license => string.Equals(license.SkuId, skuId, StringComparison.OrdinalIgnoreCase)));
}
