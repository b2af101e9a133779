using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Rollback;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>A user whom the service refuses is one user's outcome; the customer's only where the first five are refused and none has succeeded.</summary>
public sealed class RefusedUserTests
{
    private const string Updates = "/v1/customers/{customerId}/users/{userId}/licenseupdates";
    private const string Licenses = "/v1/customers/{customerId}/users/{userId}/licenses";

    private static readonly LicenseMoveOptions OneByOne = new() { UsersAtOnce = 1 };

    [Fact]
    public async Task A_user_whom_the_pages_repeat_is_one_holder_and_hides_no_other()
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => new RequestRecorder(inner, (path, text) => path.EndsWith("/users", StringComparison.Ordinal) ? RepeatedUsers.In(text, "items") : text));

        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        Assert.Equal((20, 20, true), (move.Moved, move.Users.Count, move.IsComplete));
    }

    [Fact]
    public async Task One_user_who_is_refused_stops_no_other_and_the_same_command_again_moves_that_user()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900308", skip: 7));

        var move = Assert.Single(await run.MoveAsync(bought));
        var again = Assert.Single(await run.MoveAsync(bought));

        Assert.Empty(run.Errors);
        Assert.Equal((19, 1, 1, false), (move.Moved, move.Failed, move.Remaining, move.IsComplete));
        var refused = Assert.Single(move.Users, user => user.Outcome == UserMoveOutcome.Failed);
        Assert.Contains("900308", refused.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 0, true), (again.Moved, again.Failed, again.IsComplete));
        Assert.Equal(refused.UserId, Assert.Single(again.Users, user => user.Outcome == UserMoveOutcome.Moved).UserId);
    }

    [Theory]
    [InlineData(4, 16)]
    [InlineData(5, null)]
    public async Task Five_who_are_refused_before_any_has_succeeded_speak_of_the_customer(int refused, int? moved)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var recorded = run.Tenant.GetRequests().Count("POST " + Updates);
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900308", times: refused));

        var moves = await run.MoveAsync(bought, OneByOne);

        if (moved is null)
        {
            Assert.Empty(moves);
            Assert.Equal("NoDelegatedRights", run.TakeError().ErrorId);
            Assert.Equal(recorded, run.Tenant.GetRequests().Count("POST " + Updates));
        }
        else
        {
            Assert.Empty(run.Errors);
            Assert.Equal((moved.Value, refused), (moves[0].Moved, moves[0].Failed));
        }
    }

    [Fact]
    public async Task Five_who_are_refused_after_others_have_succeeded_do_not()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900308", skip: 1, times: 10));

        var move = Assert.Single(await run.MoveAsync(bought, OneByOne));

        Assert.Empty(run.Errors);
        Assert.Equal((10, 10), (move.Moved, move.Failed));
    }

    [Fact]
    public async Task A_sign_in_without_a_user_is_nobody_s_outcome()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900329"));

        Assert.Empty(await run.MoveAsync(bought, OneByOne));

        Assert.Equal("AppOnlyToken", run.TakeError().ErrorId);
    }

    [Theory]
    [InlineData(1, 19)]
    [InlineData(5, null)]
    public async Task Who_cannot_be_read_is_left_and_still_counts_as_a_holder(int refused, int? moved)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        run.Tenant.SetFaults(new SandboxFault("GET", Licenses, "status:403;code=900308", times: refused));

        var moves = await run.MoveAsync(bought, OneByOne);

        if (moved is null)
        {
            Assert.Empty(moves);
            Assert.Equal("NoDelegatedRights", run.TakeError().ErrorId);
            return;
        }

        Assert.Equal((moved.Value, 1, false), (moves[0].Moved, moves[0].Remaining, moves[0].IsComplete));
        Assert.Contains(run.Observer.Messages, message => message.StartsWith("The service does not show the licenses of 1 user, who stays as is: ", StringComparison.Ordinal));
        Assert.Empty(await run.SuspendAsync(moves));
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
    }

    [Fact]
    public async Task A_refused_user_who_cannot_be_read_either_is_still_one_user()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var reads = run.Customer().Users.Count;
        run.Tenant.SetFaults(
            new SandboxFault("POST", Updates, "status:400;code=3000", skip: 3),
            new SandboxFault("GET", Licenses, "status:403", skip: reads));

        var move = Assert.Single(await run.MoveAsync(bought, OneByOne));

        Assert.Empty(run.Errors);
        Assert.Equal((19, 1), (move.Moved, move.Failed));
    }

    [Fact]
    public async Task On_the_way_back_the_others_go_and_the_target_waits_for_the_one()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        _ = await run.FinishAsync([source]);
        var request = new UndoRequest { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId };
        run.Tenant.SetFaults(new SandboxFault("POST", Updates, "status:403;code=900308", skip: 2), new SandboxFault("GET", Licenses, "status:403", skip: 4));

        Assert.Empty(await run.UndoAsync([request]));
        var error = run.TakeError();
        var back = Holders();
        _ = await run.UndoAsync([new UndoRequest { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId }]);

        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.Equal(18, back);
        Assert.Empty(run.Errors);
        Assert.Equal(20, Holders());
        Assert.Empty(run.Tenant.GetState().Violations);

        int Holders() => run.Customer().Users.Count(user => user.Licenses.Any(license => license.SkuId == run.Subscription(source.SubscriptionId!).SkuId));
    }
}
