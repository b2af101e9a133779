using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Status;
using CspMigration.Core.Tests.Support;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class MergedJournalsTests : IDisposable
{
    private static readonly DateTimeOffset Moment = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_come_in_the_order_of_their_times_and_each_says_whose_it_is()
    {
        Write("a", Opened(0, "p1"), Stopped(1, "a1"), Stopped(5, "a5"));
        Write("b", Opened(0, "p2"), Stopped(3, "b3"), Stopped(5, "b5"));

        Assert.Equal(["p1 a1", "p2 b3", "p1 a5", "p2 b5"], Read("a", "b"));
        Assert.Equal(["p1 a1", "p2 b3", "p2 b5", "p1 a5"], Read("b", "a"));
    }

    [Fact]
    public void One_journal_keeps_its_own_order_though_the_clock_was_set_back()
    {
        Write("a", Opened(0, "p1"), Stopped(5, "first"), Stopped(1, "second"));

        Assert.Equal(["p1 first", "p1 second"], Read("a"));
    }

    [Fact]
    public void The_file_that_cannot_be_read_is_named()
    {
        Write("a", Opened(0, "p1"), Stopped(1, "a1"));
        Write("b", Opened(0, "p2"), Stopped(2, "b2"));
        File.AppendAllText(_folder.File("b"), "garbage\n");

        using var journals = new MergedJournals([_folder.File("a"), _folder.File("b")]);

        Assert.Equal("JournalDamaged", Assert.Throws<CspMigrationException>(() => journals.Entries().Count()).ErrorId);
        Assert.Equal(_folder.File("b"), journals.FailedPath);
    }

    [Fact]
    public void Nothing_that_a_damaged_journal_says_before_the_damage_counts()
    {
        Write("good", Opened(0, "p1"), Found(1, "s1"));
        Write("damaged", Opened(0, "p1"), Found(2, "s2"));
        File.AppendAllText(_folder.File("damaged"), "garbage\n");
        var failures = new List<string>();

        var known = MigrationHistory.Read([_folder.File("damaged"), _folder.File("good"), _folder.File("missing")], (path, error) => failures.Add($"{Path.GetFileName(path)} {error.ErrorId}"));

        Assert.Equal("s1", Assert.Single(known).SourceSubscriptionId);
        Assert.Equal("p1", known[0].PartnerTenantId);
        Assert.Equal(["damaged JournalDamaged", "missing JournalUnwritable"], failures.Order());
    }

    [Fact]
    public void What_happened_last_to_a_source_counts_whichever_journal_has_it()
    {
        Write("a", Opened(0, "p1"), Found(1, "s1"), Stopped(9, "later", "s1"));
        Write("b", Opened(0, "p1"), Found(2, "s1"), Stopped(5, "earlier", "s1"));

        Assert.Equal("later", Assert.Single(MigrationHistory.Read([_folder.File("b"), _folder.File("a")], (_, error) => throw error)).ErrorId);
    }

    [Fact]
    public void Lists_of_the_same_content_are_one()
    {
        var lists = new SharedLists();

        var one = lists.Share<string>(["a", "b"]);

        Assert.Same(one, lists.Share<string>(["a", "b"]));
        Assert.Equal(["b", "a"], lists.Share<string>(["b", "a"]));
        Assert.Equal(["ab"], lists.Share<string>(["ab"]));
        Assert.Empty(lists.Share<string>(null));
    }

    private List<string> Read(params string[] names)
    {
        using var journals = new MergedJournals(names.Select(_folder.File));
        return [.. journals.Entries().Where(entry => entry.Value is Stopped).Select(entry => $"{entry.Key.PartnerTenantId} {((Stopped)entry.Value).ErrorId}")];
    }

    private void Write(string name, params JournalEntry[] entries) => File.WriteAllBytes(_folder.File(name), [.. entries.SelectMany(JournalLines.Write)]);

    private static Opened Opened(int minute, string partner) => new() { At = Moment.AddMinutes(minute), PartnerTenantId = partner };

    private static SourceFound Found(int minute, string source) =>
        new() { At = Moment.AddMinutes(minute), CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From(source)], SubscriptionId = SubscriptionId.FromOrNull(source) };

    private static Stopped Stopped(int minute, string reason, string source = "s1") =>
        new() { At = Moment.AddMinutes(minute), CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From(source)], ErrorId = reason, State = MigrationState.Failed };
}
