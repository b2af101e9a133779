using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Status;
using CspMigration.Migration.Tests.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Migration.Tests.Journal;

/// <summary>Journals as version 0.1.0 wrote them, of migrations it made in the sandbox: whoever has one goes on with it.</summary>
public sealed class OldJournalTests
{
    private const string Written = "2026-03-10T12:00:00Z";

    public static TheoryData<string> Names => [.. Files.Select(file => Path.GetFileNameWithoutExtension(file))];

    private static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.jsonl").Order(StringComparer.Ordinal);

    private static string Folder => Repository.PathOf("tests", "CspMigration.Migration.Tests", "Journal", "0.1.0");

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_its_lines_is_read(string name)
    {
        var entries = JournalLines.ReadFile(PathOf(name)).ToList();

        Assert.Equal(File.ReadAllLines(PathOf(name)).Length, entries.Count);
        Assert.All(entries, entry => Assert.Null(entry.Version));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_its_lines_is_written_again_with_all_that_it_says(string name)
    {
        var rewritten = JournalLines.ReadFile(PathOf(name)).Select(entry => Parse(Encoding.UTF8.GetString(JournalLines.Write(entry)))).ToList();

        Assert.All(rewritten, line => line.Remove(JournalEntry.VersionMember));
        Assert.Equal(File.ReadLines(PathOf(name)).Select(Parse), rewritten, JToken.EqualityComparer);

        static JObject Parse(string line) => JsonConvert.DeserializeObject<JObject>(line, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None })!;
    }

    [Fact]
    public void They_have_each_kind_of_line_and_each_word_of_0_1_0()
    {
        var entries = Files.SelectMany(file => JournalLines.ReadFile(file)).ToList();
        JournalMethod[] methods = [JournalMethod.Reuse, JournalMethod.Order, JournalMethod.AddOnOrder, JournalMethod.Cart, JournalMethod.Reactivation, JournalMethod.Resize, JournalMethod.Conversion];
        SuspensionChange[] changes = [SuspensionChange.Suspend, SuspensionChange.Delete, SuspensionChange.AutoRenewOff];
        RollbackAction[] returned = [RollbackAction.LeftAlone, RollbackAction.Suspended, RollbackAction.Deleted, RollbackAction.Resized];

        // It did not know groups, nor what a change drops of the end of a term.
        Assert.Equal(EntryKinds.All.Except([typeof(GroupIntended), typeof(GroupSettled), typeof(TermEndKept), typeof(TermEndReleased)]).Select(type => type.Name).Order(StringComparer.Ordinal), entries.Select(entry => entry.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(methods, entries.OfType<PurchaseEntry>().Select(entry => entry.Method!.Value).Distinct().Order());
        Assert.Superset(changes.ToHashSet(), entries.OfType<StatusEntry>().Select(entry => entry.Change).OfType<SuspensionChange>().ToHashSet());
        Assert.Contains(entries.OfType<LicenseEntry>(), entry => entry.IsBack);
        Assert.Equal(returned, entries.OfType<Undone>().Select(entry => entry.Action).OfType<RollbackAction>().Distinct().Order());
    }

    [Theory]
    [InlineData("order", "Contoso", "Completed Purchased 20 moved, Suspended")]
    [InlineData("cart", "Contoso", "Completed Purchased 20 moved, Suspended")]
    [InlineData("undone", "Contoso", "RolledBack Purchased")]
    [InlineData("ways", "Limited offer with too few seats", "Completed Resized 6 moved, Suspended")]
    [InlineData("ways", "Limited offer suspended", "Completed Reactivated 6 moved, Suspended")]
    [InlineData("ways", "Successor with free seats", "Completed Reused 6 moved, Suspended")]
    [InlineData("ways", "Trial that converts", "Completed Converted")]
    // Seven of eleven hold the first, three of them both.
    [InlineData("ways", "Two sources and one successor", "Completed Purchased 7 moved, Suspended; Completed Covered 4 moved, Suspended")]
    [InlineData("ways", "New commerce source", "Completed Purchased 6 moved, AutoRenewOff")]
    [InlineData("ways", "Reseller of record", "Completed Purchased 6 moved, LeftToTermEnd")]
    [InlineData("ways", "No usage location", "Failed Purchased 4 moved, HoldersRemain")]
    [InlineData("ways", "Successor not on sale", "Blocked TargetNotOnSale")]
    [InlineData("ways", "Agreement missing", "Blocked AgreementMissing")]
    [InlineData("endings", "Order refused", "RolledBack Purchased")]
    [InlineData("endings", "Cart line refused", "Failed Purchased CartLineRefused")]
    [InlineData("endings", "New commerce source", "Completed Purchased 6 moved, AutoRenewOff")]
    [InlineData("endings", "Limited offer with too few seats", "RolledBack Resized")]
    [InlineData("endings", "Limited offer suspended", "RolledBack Reactivated")]
    [InlineData("endings", "Successor with free seats", "RolledBack Reused")]
    public void Where_its_migrations_stand_is_known(string name, string customer, string standing)
    {
        var known = MigrationHistory.Read([PathOf(name)], (_, error) => throw error).Where(migration => migration.CustomerName == customer);

        Assert.Equal(standing, string.Join("; ", known.Select(Describe)));
    }

    [Fact]
    public async Task What_it_had_moved_goes_back()
    {
        using var folder = new TemporaryFolder();
        var time = new SettableTime(Written);
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var before = Licenses(run);
        var source = Assert.Single(await run.FindAsync());
        _ = await run.FinishAsync([source]);
        using var later = await SandboxRun.ConnectAsync(run.Tenant, through: null, time, CopyTo(folder, "order"));

        var undone = Assert.Single(await later.UndoAsync([(source.CustomerId, source.SubscriptionId!)]));

        Assert.Empty(later.Errors);
        Assert.Equal((MigrationState.RolledBack, 20), (undone.State, undone.LicenseMove!.Moved));
        Assert.Equal(before, Licenses(run));
        Assert.Equal("suspended", run.Subscription(undone.TargetSubscriptionId!).Status);
    }

    [Fact]
    public async Task An_order_it_announced_and_did_not_send_is_sent_under_the_id_it_wrote_down()
    {
        using var folder = new TemporaryFolder();
        var journal = CopyTo(folder, "order", until: typeof(PurchaseIntended));
        RequestIdWatch? watch = null;
        using var run = await SandboxRun.StartAsync(
            "contoso", inner => watch = new RequestIdWatch(inner, "/orders"), options => options.JournalPath = journal, new SettableTime(Written));

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        var intended = JournalLines.ReadFile(PathOf("order")).OfType<PurchaseIntended>().Single();
        Assert.Equal([intended.RequestId], watch!.RequestIds);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");

        // What is written now stands behind it, and both are read.
        var entries = JournalLines.ReadFile(journal).ToList();
        Assert.Equal(3, entries.Count(entry => entry.Version is null));
        Assert.All(entries.Skip(3), entry => Assert.Equal(JournalFormat.Current, entry.Version));
        Assert.Equal(MigrationState.Completed, Assert.Single(MigrationHistory.Read([journal], (_, error) => throw error)).State);
    }

    [Theory]
    [InlineData("order", "contoso")]
    [InlineData("cart", "contoso:legacyCommerce=closed")]
    public async Task A_purchase_it_knew_to_be_accepted_and_nothing_more_is_not_made_again(string name, string scenario)
    {
        using var folder = new TemporaryFolder();
        var time = new SettableTime(Written);
        using var run = await SandboxRun.StartAsync(scenario, time: time);
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(source);
        using var later = await SandboxRun.ConnectAsync(run.Tenant, through: null, time, CopyTo(folder, name, until: typeof(PurchaseSettled)));

        var resumed = await later.BuyOneAsync(source);

        Assert.Equal(bought.TargetSubscriptionId, resumed.TargetSubscriptionId);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".jsonl");

    // As a kill leaves it right after the first line of a kind.
    private static string CopyTo(TemporaryFolder folder, string name, Type? until = null)
    {
        var entries = JournalLines.ReadFile(PathOf(name)).ToList();
        var count = until is not null ? entries.FindIndex(entry => entry.GetType() == until) + 1 : entries.Count;
        var copy = folder.File("journal.jsonl");
        File.WriteAllText(copy, string.Concat(File.ReadLines(PathOf(name)).Take(count).Select(line => line + "\n")));
        return copy;
    }

    private static string Describe(SubscriptionMigration migration)
    {
        var moved = migration.LicenseMove is { Moved: > 0 } move ? $"{move.Moved} moved, " : "";
        var parts = new List<string> { migration.State.ToString(), migration.Target?.Outcome.ToString() ?? "", moved + (migration.ErrorId ?? migration.Suspension?.Outcome.ToString()) };
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static List<string> Licenses(SandboxRun run) =>
        [.. run.Customer().Users.Select(user => $"{user.Id}: {string.Join(' ', user.Licenses.Select(license => $"{license.SkuId} {string.Join(' ', license.DisabledPlans.Order(StringComparer.Ordinal))}"))}").Order(StringComparer.Ordinal)];
}
