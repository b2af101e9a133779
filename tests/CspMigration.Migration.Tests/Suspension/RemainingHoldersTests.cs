using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Suspension;

/// <summary>Why a subscription is not suspended: who still holds it, for which reason, and the command that goes on.</summary>
public sealed class RemainingHoldersTests
{
    [Theory]
    [InlineData("No usage location", "2 users still depend on", "2 have no usage location (elif.abel@", "-UsageLocation Customer | Suspend-Subscription")]
    [InlineData("License held through a group", "2 users still depend on", "2 hold it through a group (elif.abel@", "First give the group")]
    [InlineData("No free seat", "5 users still depend on", "5 found no free seat (ada.abel@", "To continue: Set-Subscription -CustomerId")]
    [InlineData("Conflicting plans", "2 users still depend on", "2 have conflicting service plans (ada.abel@", "First switch one of the conflicting service plans off")]
    public async Task Each_cause_is_named_with_its_users_and_what_to_do(string customer, string who, string why, string action)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(customer)));

        Assert.Empty(await run.SuspendAsync(moves));

        var error = run.TakeError();
        var move = Assert.Single(moves);
        Assert.Equal("HoldersRemain", error.ErrorId);
        Assert.StartsWith(who, error.Problem, StringComparison.Ordinal);
        Assert.Contains(why, error.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("no attempt", error.Problem, StringComparison.Ordinal);
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(
            $"Move-UserLicense -CustomerId {move.CustomerId} -SourceSubscriptionId {move.SourceSubscriptionId} -TargetSubscriptionId {move.TargetSubscriptionId}",
            error.RecommendedAction,
            StringComparison.Ordinal);
        Assert.EndsWith(" | Suspend-Subscription", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seats_that_are_missing_are_added_to_those_there_are()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync("No free seat"))));

        Assert.Empty(await run.SuspendAsync([move]));

        var seats = run.Subscription(move.TargetSubscriptionId!).Quantity;
        Assert.Contains(
            $"To continue: Set-Subscription -CustomerId {move.CustomerId} -SubscriptionId {move.TargetSubscriptionId} -Quantity {seats + move.Failed}; Move-UserLicense ",
            run.TakeError().RecommendedAction,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_are_named_in_the_order_of_their_names_whoever_was_tried_first()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var names = run.Customer("No usage location").Users.Where(user => user.UsageLocation is null)
            .Select(user => user.UserPrincipalName).Order(StringComparer.OrdinalIgnoreCase).ToList();
        var bought = await run.BuyAsync(await run.FindAsync("No usage location"));
        foreach (var name in names.AsEnumerable().Reverse().Append("*"))
        {
            _ = await run.MoveAsync(bought, new LicenseMoveOptions { Users = [name], UsersAtOnce = 1 });
        }

        _ = await run.SuspendAsync(bought[0].CustomerId, bought[0].SourceSubscriptionId!, new SuspensionOptions());

        Assert.Contains($"({string.Join(", ", names)})", run.TakeError().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_did_not_move_them_knows_the_reasons_and_not_the_names()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.JournalPath = journal);
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync("No usage location"))));
        using var other = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.JournalPath = journal);

        _ = await other.SuspendAsync(move.CustomerId, move.SourceSubscriptionId!, new SuspensionOptions());

        var error = other.TakeError();
        var users = move.Users.Where(user => user.Outcome == UserMoveOutcome.NoUsageLocation).ToList();
        Assert.Equal(2, users.Count);
        Assert.All(users, user => Assert.Contains(user.UserId, error.Problem, StringComparison.OrdinalIgnoreCase));
        Assert.All(users, user => Assert.DoesNotContain(user.UserPrincipalName!, error.Problem, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"-TargetSubscriptionId {move.TargetSubscriptionId} -UsageLocation Customer", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_left_out_is_counted_and_the_command_moves_them()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = await run.BuyAsync(await run.FindAsync());
        var moves = await run.MoveAsync(bought, new LicenseMoveOptions { Users = ["ada.*", "bruno.*"] });

        _ = await run.SuspendAsync(moves);

        var error = run.TakeError();
        var left = 20 - moves[0].Moved;
        Assert.StartsWith($"{left} users still depend on", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith("no attempt to move them is known: they were left out, or got the license since.", error.Problem, StringComparison.Ordinal);
        Assert.Contains($"To continue: Move-UserLicense -CustomerId {bought[0].CustomerId}", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("First ", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_got_the_license_after_the_move_is_told_apart_from_those_who_could_not_be_moved()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync("No usage location")));
        var customer = run.Customer("No usage location");
        var moved = customer.Users.First(user => user.UsageLocation is not null && user.Licenses.Any(license => license.SkuId != Ids.CrmProfessionalSku));
        await service.AssignAsync(customer, moved, Ids.CrmProfessionalSku);

        _ = await run.SuspendAsync(moves);

        var error = run.TakeError();
        Assert.StartsWith("3 users still depend on", error.Problem, StringComparison.Ordinal);
        Assert.Contains("2 have no usage location", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith("; of 1 no attempt to move them is known.", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_who_were_not_moved_than_depend_on_it_none_is_said_to_be_the_one()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        using var service = new DirectService(run.Tenant);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync("No usage location")));
        var customer = run.Customer("No usage location");
        var left = customer.Users.First(user => user.UsageLocation is null && user.Licenses.Any(license => license.SkuId == Ids.CrmProfessionalSku));
        _ = await service.PostAsync(
            $"customers/{customer.Id}/users/{left.Id}/licenseupdates", new { licensesToAssign = Array.Empty<string>(), licensesToRemove = new[] { Ids.CrmProfessionalSku } });

        _ = await run.SuspendAsync(moves);

        var error = run.TakeError();
        Assert.StartsWith("1 user still depends on", error.Problem, StringComparison.Ordinal);
        Assert.Contains(". Of 2 who were not moved, 2 have no usage location (", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_target_is_known_it_says_how_to_get_one_and_how_to_end_it_all_the_same()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());

        _ = await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new SuspensionOptions());

        var error = run.TakeError();
        Assert.StartsWith("20 users still depend on", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith("; no target of it is known.", error.Problem, StringComparison.Ordinal);
        Assert.EndsWith($": Get-ExpiringSubscription {source.CustomerId} -Within 30 | New-TargetSubscription | Move-UserLicense | Suspend-Subscription", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Reason other than Migrated", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_the_map_has_no_row_for_is_not_said_to_have_one()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var move = Assert.Single(await run.MoveAsync(await run.BuyAsync(await run.FindAsync())));

        _ = await run.SuspendAsync(move.CustomerId, move.TargetSubscriptionId!, new SuspensionOptions());

        var action = run.TakeError().RecommendedAction;
        Assert.Contains($"The SKU map has no target for {move.Target!.OfferName}", action, StringComparison.Ordinal);
        Assert.EndsWith($"Undo-SubscriptionMigration -CustomerId {move.CustomerId} -SubscriptionId {move.SourceSubscriptionId}", action, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Get-ExpiringSubscription", action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_free_seats_names_the_seats_that_it_takes()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync("No free seat");
        var bought = Assert.Single(await run.BuyAsync(rows, planOnly: true));
        var move = Assert.Single(await run.MoveAsync([bought]));

        Assert.Empty(await run.SuspendAsync([move]));

        var seats = bought.Quantity + move.Users.Count(user => user.Outcome == UserMoveOutcome.NoFreeSeat);
        var action = run.TakeError().RecommendedAction;
        Assert.Equal(10, seats);
        Assert.DoesNotContain("-User out", action, StringComparison.Ordinal);
        Assert.EndsWith(
            $"New-TargetSubscription -CustomerId {bought.CustomerId} -SubscriptionId {bought.SourceSubscriptionId} -Quantity {seats} -WhatIf | Move-UserLicense | Suspend-Subscription",
            action,
            StringComparison.Ordinal);
        var more = await run.MoveAsync(await run.BuyAsync(rows, new PurchaseOptions { Quantity = seats }, planOnly: true));
        Assert.Single(await run.SuspendAsync(more));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_plan_names_each_reason_there_is()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync(), planOnly: true));
        UserLicenseMove[] left = [new() { UserId = "ada", Outcome = UserMoveOutcome.NoUsageLocation }, new() { UserId = "bob", Outcome = UserMoveOutcome.NoFreeSeat }];

        _ = await run.SuspendAsync([new SuspensionRequest
        {
            CustomerId = bought.CustomerId,
            SubscriptionId = bought.SourceSubscriptionId,
            IsPlanned = true,
            LicensesMoved = false,
            NotMoved = left,
            UsersRemaining = 3,
        }]);

        var action = run.TakeError().RecommendedAction;
        Assert.All(["Leave -User out", "needs more seats", "Customer is the customer's own country", "-UsageLocation Customer"], part => Assert.Contains(part, action, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_that_leaves_users_out_says_so()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync(), planOnly: true));

        _ = await run.SuspendAsync([new SuspensionRequest { CustomerId = bought.CustomerId, SubscriptionId = bought.SourceSubscriptionId, IsPlanned = true, LicensesMoved = false }]);

        var error = run.TakeError();
        Assert.StartsWith("Users still depend on", error.Problem, StringComparison.Ordinal);
        Assert.Contains("Leave -User out", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_asks_the_service_no_more_than_the_check_itself()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("edge-cases", inner => recorder = new RequestRecorder(inner));
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync("No usage location")));
        var before = recorder!.All.Count;

        _ = await run.SuspendAsync(moves);

        // The customer's subscriptions, this one by itself, and the seats.
        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
        Assert.Equal(3, recorder.All.Count - before);
    }

    [Fact]
    public void Of_many_a_few_are_named()
    {
        var users = Enumerable.Range(1, 17).Select(number => new UserLicenseMove { UserId = $"user {number}", Outcome = UserMoveOutcome.NoFreeSeat });

        Assert.Equal("17 found no free seat (user 1, user 2, user 3, user 4, user 5 and 12 others)", NotMovedUsers.Sum(users, user => user.UserId));
    }

    [Theory]
    [InlineData(UserMoveOutcome.NoUsageLocation, "1 has no usage location (ada)")]
    [InlineData(UserMoveOutcome.GroupHeld, "1 holds it through a group (ada)")]
    [InlineData(UserMoveOutcome.NoFreeSeat, "1 found no free seat (ada)")]
    [InlineData(UserMoveOutcome.ConflictingPlans, "1 has conflicting service plans (ada)")]
    [InlineData(UserMoveOutcome.UserDeleted, "1 has been deleted (ada)")]
    [InlineData(UserMoveOutcome.Skipped, "1 was left out (ada)")]
    [InlineData(UserMoveOutcome.Failed, "1 was not moved for another reason (ada): The tenant has no address")]
    public void Every_outcome_has_words(UserMoveOutcome outcome, string words)
    {
        var user = new UserLicenseMove { UserId = "ada", Outcome = outcome, Reason = "The tenant has no address." };

        Assert.Equal(words, NotMovedUsers.Sum([user], other => other.UserId));
    }

    [Fact]
    public void The_most_frequent_cause_comes_first()
    {
        UserLicenseMove[] users =
        [
            new() { UserId = "ada", Outcome = UserMoveOutcome.Failed, Reason = "First." },
            new() { UserId = "bob", Outcome = UserMoveOutcome.GroupHeld },
            new() { UserId = "eve", Outcome = UserMoveOutcome.Failed, Reason = "Second." },
        ];

        Assert.Equal(
            "2 were not moved for another reason (ada, eve), the first: First, 1 holds it through a group (bob)", NotMovedUsers.Sum(users, user => user.UserId));
    }
}
