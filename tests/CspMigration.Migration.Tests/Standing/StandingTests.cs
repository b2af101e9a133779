using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Rollback;
using CspMigration.Core.Run;
using CspMigration.Core.Sessions;
using CspMigration.Core.Status;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Migration.Tests.Support;
using CspMigration.Migration.Tests.WholeRun;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Standing;

/// <summary>Where migrations stand: the journal remembers, the service knows.</summary>
public sealed class StandingTests
{
    private const string Provisioning = "GET /v1/customers/{customerId}/subscriptions/{subscriptionId}/provisioningstatus";

    [Fact]
    public async Task A_journal_alone_tells_what_was_migrated_to_what_and_until_when_it_can_be_undone()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        var done = await MigrateAsync("contoso", journal);

        var known = Assert.Single(MigrationHistory.Read([journal], Unreadable));

        Assert.Equal((done.State, done.CustomerName, done.TargetSubscriptionId), (known.State, known.CustomerName, known.TargetSubscriptionId));
        Assert.Equal((25, done.Source!.CommitmentEndDate), (known.Source!.Quantity, known.Source.CommitmentEndDate));
        Assert.Equal((TargetOutcome.Purchased, 25, 20), (known.Target!.Outcome, known.Target.Quantity, known.LicenseMove!.Moved));
        Assert.Equal(done.Suspension!.ReactivateBefore, known.Suspension!.ReactivateBefore);
        Assert.True(known.StartedOn <= known.FinishedOn);
    }

    [Theory]
    [InlineData(MigrationStage.Purchase, MigrationState.Purchased)]
    [InlineData(MigrationStage.Licenses, MigrationState.LicensesMoved)]
    [InlineData(null, MigrationState.Completed)]
    public async Task Refreshed_it_is_as_the_service_says(MigrationStage? stage, MigrationState state)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        _ = await run.RunAsync(await run.FindAsync(), new MigrationRunOptions { StopAfter = stage });

        var now = Assert.Single(await RefreshAsync(run));

        Assert.Equal(state, now.State);
        Assert.Equal(state == MigrationState.Completed ? "suspended" : "active", now.Source!.Status);
    }

    [Theory]
    [InlineData(SuspensionReason.CustomerRequest, false)]
    [InlineData(SuspensionReason.NonPayment, false)]
    [InlineData(SuspensionReason.Fraud, false)]
    [InlineData(SuspensionReason.NonPayment, true)]
    public async Task A_source_that_was_ended_for_another_reason_is_not_migrated(SuspensionReason reason, bool atTermEnd)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        _ = await run.BuyAsync(rows);
        _ = await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions { Reason = reason, AtTermEnd = atTermEnd });
        using var withoutJournal = await SandboxRun.ConnectAsync(run.Tenant);

        var known = Assert.Single(run.Client.Status.Read());
        var now = Assert.Single(await RefreshAsync(run));
        var byMarks = Assert.Single(await RefreshAsync(withoutJournal, rows[0].CustomerId));

        Assert.Equal((MigrationState.Purchased, null, null), (known.State, known.FinishedOn, known.LicenseMove));
        Assert.Equal(reason.ToString(), known.Suspension!.Reason);
        Assert.Equal((MigrationState.Purchased, MigrationState.Purchased), (now.State, byMarks.State));
        Assert.Equal(atTermEnd ? "active" : "suspended", now.Source!.Status);
    }

    [Fact]
    public async Task A_source_ended_for_another_reason_is_migrated_once_it_is_resumed_and_the_line_run_again()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        _ = await run.BuyAsync(rows);
        _ = await run.SuspendAsync(rows[0].CustomerId, rows[0].SubscriptionId!, new SuspensionOptions { Reason = SuspensionReason.NonPayment });
        _ = await run.ResumeAsync(rows[0].CustomerId, rows[0].SubscriptionId!);

        _ = await run.RunAsync(await run.FindAsync());

        var now = Assert.Single(await RefreshAsync(run));
        Assert.Equal((MigrationState.Completed, 20, null), (now.State, now.LicenseMove!.Moved, now.Suspension!.Reason));
    }

    [Fact]
    public async Task A_migration_that_is_over_stays_so_when_its_source_is_suspended_for_another_reason()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var done = Assert.Single((await run.RunAsync(await run.FindAsync(), new MigrationRunOptions { Suspensions = new SuspensionOptions { AtTermEnd = true } })).Migrations);
        _ = await run.SuspendAsync(done.CustomerId, done.SourceSubscriptionId!, new SuspensionOptions { Reason = SuspensionReason.CustomerRequest });

        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
        Assert.Equal(MigrationState.Completed, Assert.Single(await RefreshAsync(run)).State);
    }

    [Fact]
    public async Task Directory_SKUs_that_the_journal_knows_are_not_asked_for_again()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=3,users=3");
        _ = await run.RunAsync(await run.FindAsync());
        var before = run.Tenant.GetRequests().Count(Provisioning);

        var now = await RefreshAsync(run);

        Assert.Equal(3, now.Count);
        Assert.All(now, migration => Assert.Equal(run.Subscription(migration.SourceSubscriptionId!).SkuId, migration.Source!.SkuId, ignoreCase: true));
        Assert.Equal(before, run.Tenant.GetRequests().Count(Provisioning));
    }

    [Fact]
    public async Task Directory_SKUs_that_no_journal_knows_are_asked_for_side_by_side()
    {
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=3,users=3");
        var done = (await run.RunAsync(await run.FindAsync())).Migrations;
        using var other = await SandboxRun.ConnectAsync(run.Tenant, inner => new MeetingHandler(inner, "/provisioningstatus", calls: 3));

        var now = await RefreshAsync(other, done[0].CustomerId);

        Assert.Equal(3, now.Count);
    }

    [Fact]
    public async Task Without_the_journal_the_marks_of_the_purchases_tell()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var done = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);
        using var other = await SandboxRun.ConnectAsync(run.Tenant);
        Assert.Empty(other.Client.Status.Read());

        var now = Assert.Single(await RefreshAsync(other, done.CustomerId));

        Assert.Equal(
            (MigrationState.Completed, done.SourceSubscriptionId, done.TargetSubscriptionId), (now.State, now.SourceSubscriptionId, now.TargetSubscriptionId));
    }

    [Fact]
    public async Task A_migration_that_was_taken_back_says_so_and_one_begun_again_counts_anew()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var done = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);
        _ = await run.UndoAsync([(done.CustomerId, done.SourceSubscriptionId!)]);
        Assert.Equal(MigrationState.RolledBack, Assert.Single(run.Client.Status.Read()).State);
        Assert.Equal(MigrationState.RolledBack, Assert.Single(await RefreshAsync(run)).State);

        _ = await run.RunAsync(await run.FindAsync());

        Assert.Empty(run.Errors);
        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
        Assert.Equal(MigrationState.Completed, Assert.Single(await RefreshAsync(run)).State);
    }

    [Fact]
    public async Task Users_who_could_not_be_moved_are_there_with_the_reason()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync("No usage location");
        var result = Assert.Single((await run.RunAsync(rows)).Migrations);

        var known = Assert.Single(run.Client.Status.Read());
        var now = Assert.Single(await RefreshAsync(run));

        Assert.Equal(("HoldersRemain", 2), (result.ErrorId, result.LicenseMove!.Failed));
        Assert.Equal((4, 2), (known.LicenseMove!.Moved, known.LicenseMove.Failed));
        Assert.Equal(NotMoved(result), NotMoved(known));
        Assert.Equal(NotMoved(result), NotMoved(now));
        Assert.Equal((MigrationState.Failed, 2, false), (now.State, now.LicenseMove!.Remaining, now.LicenseMove.IsComplete));
    }

    [Theory]
    [InlineData("No usage location", UserMoveOutcome.NoUsageLocation)]
    [InlineData("License held through a group", UserMoveOutcome.GroupHeld)]
    [InlineData("No free seat", UserMoveOutcome.NoFreeSeat)]
    [InlineData("Conflicting plans", UserMoveOutcome.ConflictingPlans)]
    public async Task Another_process_reads_what_became_of_each_user_and_why_but_nobody_s_name(string customer, UserMoveOutcome outcome)
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.JournalPath = journal);
        var result = Assert.Single((await run.RunAsync(await run.FindAsync(customer))).Migrations);

        var known = Assert.Single(MigrationHistory.Read([journal], Unreadable));

        Assert.All(NotMoved(known), user => Assert.Equal(outcome, user.Outcome));
        Assert.Equal(NotMoved(result).Select(user => user with { UserPrincipalName = null }), NotMoved(known));
        var text = await File.ReadAllTextAsync(journal);
        Assert.All(run.Customer(customer).Users, user => Assert.DoesNotContain(user.UserPrincipalName, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_service_is_asked_for_the_names_where_somebody_is_left(bool isAllowed)
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.JournalPath = journal);
        var result = Assert.Single((await run.RunAsync(await run.FindAsync("No usage location"))).Migrations);
        if (!isAllowed)
        {
            run.Tenant.SetFaults(new SandboxFault("GET", "/v1/customers/{customerId}/users", "status:403"));
        }

        using var other = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.JournalPath = journal);

        var now = Assert.Single(await RefreshAsync(other));

        Assert.Equal(NotMoved(result).Select(user => isAllowed ? user : user with { UserPrincipalName = null }), NotMoved(now));
    }

    [Fact]
    public async Task Who_was_moved_has_a_name_in_the_session_that_did_it_and_in_another_once_it_asks_the_service()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("contoso", configure: options => options.JournalPath = journal);
        var rows = await run.FindAsync();
        var names = Assert.Single((await run.RunAsync(rows)).Migrations).LicenseMove!.Users.Select(user => user.UserPrincipalName).Order().ToList();

        var known = Assert.Single(run.Client.Status.Read());
        var again = Assert.Single((await run.RunAsync([known.Source!])).Migrations);
        using var other = await SandboxRun.ConnectAsync(run.Tenant, configure: options => options.JournalPath = journal);
        var there = Assert.Single(other.Client.Status.Read());
        var asked = Assert.Single(await RefreshAsync(other));

        Assert.Equal(20, names.Count);
        Assert.All([known, again, asked], migration => Assert.Equal(names, migration.LicenseMove!.Users.Select(user => user.UserPrincipalName).Order()));
        Assert.All(there.LicenseMove!.Users, user => Assert.Null(user.UserPrincipalName));
    }

    [Fact]
    public async Task The_names_are_read_once_for_all_migrations_of_a_customer()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("scale:customers=1,subscriptions=3,users=12", configure: options => options.JournalPath = journal);
        _ = await run.RunAsync(await run.FindAsync());
        RequestRecorder? recorder = null;
        using var other = await SandboxRun.ConnectAsync(run.Tenant, inner => recorder = new RequestRecorder(inner), options => options.JournalPath = journal);

        var refreshed = await RefreshAsync(other);

        Assert.True(refreshed.Count(migration => migration.LicenseMove!.Users.Count > 0) > 1);
        Assert.All(refreshed.SelectMany(migration => migration.LicenseMove!.Users), user => Assert.NotNull(user.UserPrincipalName));
        Assert.Single(recorder!.All, request => request.Path.EndsWith("/users", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_name_that_the_service_s_own_words_have_is_an_id_in_the_journal()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        SandboxRun? started = null;
        using var run = started = await SandboxRun.StartAsync(
            "edge-cases", inner => new RequestRecorder(inner, (_, text) => Named(started, text)), options => options.JournalPath = journal);

        var result = Assert.Single((await run.RunAsync(await run.FindAsync("No usage location"))).Migrations);

        var user = result.LicenseMove!.Users.First(user => user.Outcome == UserMoveOutcome.NoUsageLocation);
        Assert.Contains($"User {user.UserPrincipalName!.ToUpperInvariant()} has no usage location", user.Reason, StringComparison.Ordinal);
        var known = Assert.Single(MigrationHistory.Read([journal], Unreadable)).LicenseMove!.Users.Single(other => other.UserId == user.UserId);
        Assert.Contains($"User {user.UserId} has no usage location", known.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(user.UserPrincipalName, await File.ReadAllTextAsync(journal), StringComparison.OrdinalIgnoreCase);

        static string Named(SandboxRun? run, string text) => run is null || !text.Contains("InvalidUsageLocation", StringComparison.Ordinal)
            ? text
            : run.Customer("No usage location").Users.Aggregate(
                text, (words, user) => words.Replace($"User {user.Id}", $"User {user.UserPrincipalName.ToUpperInvariant()}", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_journal_of_an_earlier_version_is_read_and_says_that_it_does_not_know_why()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using (var run = await SandboxRun.StartAsync("edge-cases", configure: options => options.JournalPath = journal))
        {
            _ = await run.RunAsync(await run.FindAsync(query => query.Customers = ["No usage location", "No free seat"]));
        }

        await File.WriteAllLinesAsync(journal, (await File.ReadAllLinesAsync(journal)).Select(WithoutWords));

        var known = MigrationHistory.Read([journal], Unreadable).ToDictionary(migration => migration.CustomerName!);

        var (generic, coded) = (known["No usage location"], known["No free seat"]);
        Assert.Equal((4, 2, 0, 5), (generic.LicenseMove!.Moved, generic.LicenseMove.Failed, coded.LicenseMove!.Moved, coded.LicenseMove.Failed));
        Assert.All(NotMoved(generic), user => Assert.Equal("The service refused the update; the journal does not say why. Run the same command again.", user.Reason));
        Assert.All(NotMoved(coded), user => Assert.Equal("The service refused the update (code 60012). Run the same command again.", user.Reason));

        static string WithoutWords(string line)
        {
            var entry = System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject();
            if ((string?)entry["kind"] == "licenseSettled")
            {
                _ = entry.Remove("outcome");
                _ = entry.Remove("error");
            }

            return entry.ToJsonString();
        }
    }

    [Fact]
    public async Task The_journal_tells_what_stopped_each_migration_as_the_run_reported_it()
    {
        using var run = await StartEdgeCasesAsync();
        var reported = (await run.RunAsync(await run.FindAsync())).Migrations.Where(migration => migration.ErrorId is not null).ToList();

        var known = run.Client.Status.Read().Where(migration => migration.ErrorId is not null);

        Assert.Contains(reported, migration => migration.State == MigrationState.Blocked);

        // Of what the map does not know a run tells in a warning alone; it is not lost all the same.
        Assert.Contains(reported, migration => migration.ErrorId == "NoTarget");
        Assert.Contains(reported, migration => migration.Suspension is null && migration.LicenseMove is not null);
        Assert.Equal(reported.Select(Stop).Select(WithoutNames).Order(), known.Select(Stop).Order());

        static string Stop(SubscriptionMigration migration) => $"{migration.CustomerName}, {migration.SourceSubscriptionId}: {migration.State}, {migration.ErrorId}, {migration.Error}";

        // The journal knows people by their ids.
        string WithoutNames(string text) => run.Tenant.GetState().Customers.SelectMany(customer => customer.Users)
            .Aggregate(text, (words, user) => words.Replace(user.UserPrincipalName, user.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_single_steps_write_down_what_stopped_them_as_the_whole_run_does()
    {
        using var run = await StartEdgeCasesAsync();
        using var other = await StartEdgeCasesAsync();
        _ = await run.RunAsync(await run.FindAsync());

        // An add-on goes before its base; the cmdlet sees to it.
        var moves = await other.MoveAsync(await other.BuyAsync(await other.FindAsync()));
        _ = await other.SuspendAsync(moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null));

        Assert.Equal(Stops(run).Order(), Stops(other).Order());

        static IEnumerable<string> Stops(SandboxRun run) =>
            run.Client.Status.Read().Where(migration => migration.ErrorId is not null).Select(migration => $"{migration.CustomerName}: {migration.State}, {migration.ErrorId}");
    }

    [Fact]
    public async Task A_plan_run_again_or_of_nothing_leaves_what_is_known_of_a_migration_as_it_is()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var rows = await run.FindAsync();
        var planned = await run.BuyAsync(rows, planOnly: true);
        _ = await run.RunAsync(rows);
        var known = Assert.Single(run.Client.Status.Read());
        var json = JsonSerializer.Serialize(planned);

        _ = await run.BuyApprovedAsync(json);
        _ = await run.BuyApprovedAsync(json.Replace(rows[0].SubscriptionId!, Guid.NewGuid().ToString(), StringComparison.Ordinal));

        Assert.Equal("NotOurSubscription", Assert.Single(run.Errors).ErrorId);
        var now = Assert.Single(run.Client.Status.Read());
        Assert.Equal((known.State, known.ErrorId, known.Source?.OfferName), (now.State, now.ErrorId, now.Source?.OfferName));
    }

    [Fact]
    public async Task A_plan_writes_nothing_down()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await StartEdgeCasesAsync(options => options.JournalPath = journal);
        var rows = await run.FindAsync();
        var plan = await run.Client.Runs.PlanAsync(rows, new MigrationRunOptions(), default);

        await run.Client.Runs.RunAsync(plan, isPlanned: true, UnattendedConfirmer.Planning, _ => Task.CompletedTask, (_, _) => { }, default);

        Assert.False(File.Exists(journal));
    }

    [Fact]
    public async Task What_stopped_a_migration_is_over_when_it_goes_on()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var rows = await run.FindAsync("No usage location");
        _ = await run.RunAsync(rows);
        Assert.Equal("HoldersRemain", Assert.Single(run.Client.Status.Read()).ErrorId);

        _ = await run.RunAsync(rows, new MigrationRunOptions { LicenseMoves = new LicenseMoveOptions { UsageLocation = "Customer" } });

        var known = Assert.Single(run.Client.Status.Read());
        Assert.Equal((MigrationState.Completed, null, null), (known.State, known.ErrorId, known.Error));
    }

    [Fact]
    public async Task Another_run_s_journal_is_enough_to_give_back_the_plans_that_were_switched_off()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        using var run = await SandboxRun.StartAsync("contoso", configure: options => options.JournalPath = journal);
        var before = SwitchedOff(run);
        _ = await run.RunAsync(await run.FindAsync());
        Assert.NotEqual(before, SwitchedOff(run));
        using var other = await SandboxRun.ConnectAsync(run.Tenant);

        _ = await other.UndoAsync(MigrationHistory.Read([journal], Unreadable).Select(UndoRequest.From));

        Assert.Empty(other.Errors);
        Assert.Equal(before, SwitchedOff(run));

        static List<string> SwitchedOff(SandboxRun run) =>
            [.. run.Customer().Users.Select(user => $"{user.Id}: {string.Join(' ', user.Licenses.SelectMany(license => license.DisabledPlans).Order(StringComparer.Ordinal))}").Order()];
    }

    [Fact]
    public async Task The_journals_of_shards_are_read_as_one_and_a_damaged_one_does_not_hide_the_others()
    {
        using var folder = new TemporaryFolder();
        string[] journals = [folder.File("1.jsonl"), folder.File("2.jsonl"), folder.File("3.jsonl")];
        _ = await MigrateAsync("contoso", journals[0]);
        _ = await MigrateAsync("contoso", journals[1]);
        await File.WriteAllTextAsync(journals[2], "no journal\n");
        var failures = new List<(string Path, string Id)>();

        var known = MigrationHistory.Read([.. journals, folder.File("none.jsonl")], (path, error) => failures.Add((Path.GetFileName(path), error.ErrorId)));

        // The same source in two journals is one migration.
        Assert.Equal(MigrationState.Completed, Assert.Single(known).State);
        Assert.Equal([("3.jsonl", "JournalDamaged"), ("none.jsonl", "JournalUnwritable")], failures);
    }

    [Fact]
    public async Task A_purchase_begun_and_never_answered_is_named_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("journal.jsonl");
        _ = await MigrateAsync("contoso", journal);
        var begun = (await File.ReadAllLinesAsync(journal)).TakeWhile(line => !line.Contains("purchaseSettled", StringComparison.Ordinal));
        await File.WriteAllTextAsync(journal, string.Join('\n', begun) + "\n");

        var known = Assert.Single(MigrationHistory.Read([journal], Unreadable));

        Assert.Equal((MigrationState.Failed, "RequestTimeout"), (known.State, known.ErrorId));
        Assert.Contains("Run the same command again", known.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_run_says_when_the_first_one_began()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        _ = await run.RunAsync(await run.FindAsync(), new MigrationRunOptions { StopAfter = MigrationStage.Purchase, LicenseMoves = new LicenseMoveOptions() });
        var begun = Assert.Single(run.Client.Status.Read()).StartedOn;

        var finished = Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);

        Assert.Equal(begun, finished.StartedOn);
    }

    private static Task<SandboxRun> StartEdgeCasesAsync(Action<ConnectionOptions>? configure = null)
    {
        return SandboxRun.StartAsync("edge-cases", configure: options =>
        {
            SandboxRun.LoadEdgeCaseMap(options);
            configure?.Invoke(options);
        });
    }

    private static async Task<SubscriptionMigration> MigrateAsync(string scenario, string journal)
    {
        using var run = await SandboxRun.StartAsync(scenario, configure: options => options.JournalPath = journal);
        return Assert.Single((await run.RunAsync(await run.FindAsync())).Migrations);
    }

    private static async Task<List<SubscriptionMigration>> RefreshAsync(SandboxRun run, params string[] customerIds)
    {
        var refreshed = new List<SubscriptionMigration>();
        var operation = run.Client;
        await operation.Status.RefreshAsync(operation.Status.Read(), customerIds, Results.Into(refreshed), (_, error) => run.Errors.Add(error), default);
        Assert.Empty(run.Errors);
        return refreshed;
    }

    // In an order that does not depend on names.
    private static List<UserLicenseMove> NotMoved(SubscriptionMigration migration) => [.. migration.LicenseMove!.Users
        .Where(user => user.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved))
        .OrderBy(user => user.UserId)
        .Select(user => user with { ExcludedPlans = [], LostPlans = [], SwitchedOffPlans = null })];

    private static void Unreadable(string path, CspMigrationException error) => Assert.Fail($"{path}: {error.Message}");
}
