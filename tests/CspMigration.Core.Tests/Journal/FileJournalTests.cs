using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Tests.Support;
using CspMigration.TestSupport;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class FileJournalTests : IDisposable
{
    private const string Partner = "11111111-1111-1111-1111-111111111111";
    private const string OtherPartner = "22222222-2222-2222-2222-222222222222";

    private readonly ScratchFolder _folder = new();
    private readonly VirtualTime _clock = VirtualTime.Manual();

    private string JournalPath => _folder.File("journal.jsonl");

    public void Dispose()
    {
        _clock.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_appended_is_read_by_the_next_process()
    {
        var request = Guid.NewGuid();
        using (var journal = Open())
        {
            await journal.AppendAsync(Entry(request, friendlyName: "Plan\n(from 1A2B3C4D) é"), default);
        }

        var read = Open().View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1"))?.Intent;

        Assert.Equal(request, read?.RequestId);
        Assert.Equal("Plan\n(from 1A2B3C4D) é", read?.FriendlyName);
        Assert.Equal(_clock.GetUtcNow(), read?.At);
    }

    [Fact]
    public async Task A_byte_order_mark_and_the_line_ends_of_an_editor_are_no_damage()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Entry(Guid.NewGuid()), default);
        }

        var text = await File.ReadAllTextAsync(JournalPath);
        await File.WriteAllTextAsync(JournalPath, text.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        using (var journal = Open())
        {
            Assert.NotNull(journal.View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
            await journal.AppendAsync(Entry(Guid.NewGuid(), source: "s2"), default);
        }

        Assert.NotNull(Open().View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s2")));
    }

    [Fact]
    public async Task The_first_line_says_whose_journal_it_is_and_who_writes()
    {
        using var journal = Open();
        await journal.AppendAsync(Entry(), default);

        var first = JObject.Parse(Lines()[0]);
        Assert.Equal("opened", (string?)first["kind"]);
        Assert.Equal(Partner, (string?)first["partner"]);
        Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", (string?)first["writer"]);
        Assert.Equal(2, Lines().Count);
    }

    [Fact]
    public async Task Nothing_is_touched_before_the_first_entry()
    {
        using var journal = Open();

        Assert.Null(journal.View.PartnerTenantId);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));

        await journal.AppendAsync(Entry(), default);
        Assert.True(File.Exists(JournalPath));
    }

    [Fact]
    public async Task An_entry_that_is_canceled_while_it_waits_is_not_written()
    {
        using var clock = new HeldClock();
        using var journal = new FileJournal(JournalPath, Partner, clock);
        using var stop = new CancellationTokenSource();
        var first = Task.Run(() => journal.AppendAsync(Entry(friendlyName: "first"), default));
        await clock.Reached;
        var canceled = journal.AppendAsync(Entry(friendlyName: "canceled"), stop.Token);
        var last = journal.AppendAsync(Entry(friendlyName: "last"), default);

        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        clock.Release();
        await Task.WhenAll(first, last);
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendAsync(Entry(friendlyName: "too late"), stop.Token));
        await journal.AppendAsync(Entry(friendlyName: "afterwards"), default);

        Assert.Equal(["first", "last", "afterwards"], Open().ReadAll().Select(entry => (entry as PurchaseIntended)?.FriendlyName).OfType<string>());
    }

    [Fact]
    public async Task A_missing_folder_is_made()
    {
        using var journal = new FileJournal(_folder.File("a/b/journal.jsonl"), Partner, _clock);

        await journal.AppendAsync(Entry(), default);

        Assert.True(File.Exists(_folder.File("a/b/journal.jsonl")));
    }

    [Fact]
    public async Task Each_entry_is_on_disk_when_its_append_returns()
    {
        using var journal = Open();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            var request = Guid.NewGuid();
            await journal.AppendAsync(Entry(request), default);
            Assert.Contains(request.ToString(), ReadAll(), StringComparison.Ordinal);
        })));

        Assert.Equal(201, Lines().Count);
        Assert.Equal(201, Lines().Distinct().Count());
        Assert.All(Lines(), line => Assert.NotNull(JObject.Parse(line)));
    }

    [Fact]
    public async Task Entries_of_one_caller_keep_their_order_and_the_view_follows()
    {
        using var journal = Open();
        var request = Guid.NewGuid();

        await journal.AppendAsync(Entry(request), default);
        Assert.NotNull(journal.View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));

        await journal.AppendAsync(Entry(request).Done(_clock.GetUtcNow(), OrderId.From("o1"), SubscriptionId.From("t1")), default);
        Assert.Null(journal.View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Equal("t1", journal.View.Purchase(CustomerId.From("c1"), SourceKey.From("s1"))?.SubscriptionId.ToString());

        Assert.Equal(["opened", "purchaseIntended", "purchaseSettled"], Lines().Select(line => (string?)JObject.Parse(line)["kind"]));
    }

    [Theory]
    [InlineData("{\"kind\":\"statusInt")]
    [InlineData("{\"kind\":\"statusIntended\",\"at\":\"2027-01-15T09:30:00+00:00\"}")]
    [InlineData("garbage")]
    [InlineData("\0\0\0\0\0\0")]
    public async Task A_torn_last_line_was_never_acknowledged_and_is_written_over(string torn)
    {
        await WriteAsync(2);
        var whole = ReadAll();
        await File.AppendAllTextAsync(JournalPath, torn);

        using var journal = Open();
        Assert.Equal(Partner, journal.View.PartnerTenantId);
        await journal.AppendAsync(Entry(friendlyName: "after"), default);

        Assert.StartsWith(whole, ReadAll(), StringComparison.Ordinal);
        Assert.Equal(["opened", "purchaseIntended"], Lines().Skip(3).Select(line => (string?)JObject.Parse(line)["kind"]));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{\"kind\":\"statusInt")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\0\0\0")]
    [InlineData("{\"kind\":\"nobodyKnows\",\"at\":\"2027-01-15T09:30:00+00:00\"}")]
    [InlineData("{\"kind\":1,\"at\":\"2027-01-15T09:30:00+00:00\"}")]
    [InlineData("{\"kind\":\"opened\",\"at\":\"some day\"}")]
    [InlineData("{\"kind\":\"opened\"}")]
    [InlineData("{\"kind\":\"purchaseIntended\",\"at\":\"2027-01-15T09:30:00+00:00\",\"quantity\":\"many\"}")]
    [InlineData("{\"kind\":\"purchaseIntended\",\"at\":\"2027-01-15T09:30:00+00:00\",\"request\":\"none\"}")]
    [InlineData("{\"kind\":\"opened\",\"at\":\"2027-01-15T09:30:00+00:00\"}{\"kind\":\"opened\",\"at\":\"2027-01-15T09:30:00+00:00\"}")]
    public async Task Damage_in_the_middle_is_an_error_naming_the_line_and_nothing_is_written(string damage)
    {
        await WriteAsync(2);
        var lines = Lines();
        lines.Insert(2, damage);
        await File.WriteAllTextAsync(JournalPath, string.Join('\n', lines) + "\n");
        var before = ReadAll();
        using var journal = Open();

        var reading = Assert.Throws<CspMigrationException>(() => journal.View);
        var writing = await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default));

        Assert.Equal("JournalDamaged", reading.ErrorId);
        Assert.Equal("JournalDamaged", writing.ErrorId);
        Assert.Contains("Line 3 ", reading.Message, StringComparison.Ordinal);
        Assert.Contains(JournalPath, reading.Message, StringComparison.Ordinal);
        Assert.Equal(before, ReadAll());
    }

    [Fact]
    public async Task Another_partners_journal_is_refused_and_left_as_it_is()
    {
        await WriteAsync(1);
        var before = ReadAll();
        using var journal = new FileJournal(JournalPath, OtherPartner, _clock);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default));

        Assert.Equal("JournalOfAnotherTenant", e.ErrorId);
        Assert.Contains(Partner, e.Message, StringComparison.Ordinal);
        Assert.Equal(before, ReadAll());
    }

    [Fact]
    public async Task A_journal_that_was_refused_is_not_kept_from_its_owner()
    {
        await WriteAsync(1);
        using var stranger = new FileJournal(JournalPath, OtherPartner, _clock);
        _ = await Assert.ThrowsAsync<CspMigrationException>(() => stranger.AppendAsync(Entry(), default));

        using var owner = Open();
        await owner.AppendAsync(Entry(), default);

        Assert.Equal(4, Lines().Count);
    }

    [Fact]
    public async Task A_partner_is_the_same_in_any_casing()
    {
        using (var journal = new FileJournal(JournalPath, "AAAAAAAA-1111-1111-1111-111111111111", _clock))
        {
            await journal.AppendAsync(Entry(), default);
        }

        using var again = new FileJournal(JournalPath, "aaaaaaaa-1111-1111-1111-111111111111", _clock);
        await again.AppendAsync(Entry(), default);

        Assert.Equal(4, Lines().Count);
    }

    [Fact]
    public async Task While_another_process_writes_it_can_be_read_but_not_written()
    {
        using var holder = await JournalHolder.StartAsync(JournalPath, Partner);
        using var journal = Open();

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default));

        Assert.Equal("JournalLocked", e.ErrorId);
        Assert.Contains($"process {holder.ProcessId} on {Environment.MachineName}", e.Message, StringComparison.Ordinal);
        Assert.Equal(Partner, Open().View.PartnerTenantId);
        Assert.Equal(2, Lines().Count);

        await holder.EndAsync();
        await journal.AppendAsync(Entry(), default);
        Assert.Equal(4, Lines().Count);
    }

    [Fact]
    public async Task The_death_of_the_other_process_frees_the_journal()
    {
        using var holder = await JournalHolder.StartAsync(JournalPath, Partner);
        await holder.KillAsync();
        using var journal = Open();

        await journal.AppendAsync(Entry(), default);

        Assert.Equal(["opened", "purchaseIntended", "opened", "purchaseIntended"], Lines().Select(line => (string?)JObject.Parse(line)["kind"]));
    }

    [Fact]
    public async Task A_closed_journal_is_free_for_the_next()
    {
        using (var journal = Open())
        {
            await journal.AppendAsync(Entry(), default);
            using var refused = Open();
            Assert.Equal("JournalLocked", (await Assert.ThrowsAsync<CspMigrationException>(() => refused.AppendAsync(Entry(), default))).ErrorId);
        }

        using var next = Open();
        await next.AppendAsync(Entry(), default);
        Assert.Equal(4, Lines().Count);
    }

    [Fact]
    public async Task When_the_disk_fails_no_writer_goes_on_and_all_can_try_again()
    {
        var obstacle = _folder.File("folder");
        await File.WriteAllTextAsync(obstacle, "in the way");
        using var journal = new FileJournal(Path.Combine(obstacle, "journal.jsonl"), Partner, _clock);

        var failed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () => await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default)))));
        Assert.All(failed, e => Assert.Equal("JournalUnwritable", e.ErrorId));
        Assert.Equal(20, failed.Length);
        Assert.Null(journal.View.PartnerTenantId);

        File.Delete(obstacle);
        await journal.AppendAsync(Entry(), default);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(obstacle, "journal.jsonl"))).Length);
    }

    [Theory]
    [InlineData("journal.jsonl", "journal.jsonl")]
    [InlineData("journal.jsonl.lock", "journal.jsonl")]
    public async Task A_folder_in_the_place_of_the_journal_or_its_lock_is_not_another_process(string folder, string path)
    {
        _ = Directory.CreateDirectory(_folder.File(folder));
        using var journal = new FileJournal(_folder.File(path), Partner, _clock);

        AssertUnwritable(await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default)));

        Directory.Delete(_folder.File(folder));
        await journal.AppendAsync(Entry(), default);
        Assert.Equal(2, Lines().Count);
    }

    [Theory]
    [InlineData("in the way/journal.jsonl")]
    [InlineData("in the way/deeper/journal.jsonl")]
    public async Task A_journal_whose_folder_cannot_be_made_is_refused_with_its_path_and_what_to_do(string path)
    {
        await File.WriteAllTextAsync(_folder.File("in the way"), "a file");
        using var journal = new FileJournal(_folder.File(path), Partner, _clock);

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => journal.OpenAsync(default));

        AssertUnwritable(e);
        Assert.Contains(journal.Path!, e.Message, StringComparison.Ordinal);
        Assert.Contains("-JournalPath", e.RecommendedAction, StringComparison.Ordinal);
        Assert.NotNull(e.InnerException);
    }

    [FullDeviceFact]
    public async Task A_journal_on_a_full_disk_is_refused_and_left_to_others()
    {
        _ = File.CreateSymbolicLink(JournalPath, FullDeviceFactAttribute.Device);
        using var journal = Open();

        AssertUnwritable(await Assert.ThrowsAsync<CspMigrationException>(() => journal.AppendAsync(Entry(), default)));
        Assert.Null(journal.View.PartnerTenantId);

        File.Delete(JournalPath);
        using var other = Open();
        await other.AppendAsync(Entry(), default);
        Assert.Equal(2, Lines().Count);
    }

    [UnixFact]
    public async Task What_a_full_disk_did_not_take_is_not_in_the_journal_later()
    {
        using var process = SecondProcess.Start(SecondProcess.Fill, JournalPath, Partner);
        var written = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal("2", written.Trim());
        Assert.Equal([null, "before", "after"], Lines().Select(line => (string?)JObject.Parse(line)["friendlyName"]));
    }

    [Fact]
    public async Task A_journal_cut_off_at_any_byte_opens_with_what_was_whole()
    {
        await WriteAsync(5);
        var bytes = await File.ReadAllBytesAsync(JournalPath);
        var whole = JournalLines.Read(new MemoryStream(bytes), JournalPath).Select(Spell).ToList();

        for (var length = 0; length <= bytes.Length; length++)
        {
            var wholeLength = 0L;
            var entries = JournalLines.Read(new MemoryStream(bytes, 0, length), JournalPath, passed => wholeLength = passed).Select(Spell).ToList();

            Assert.Equal(whole.Take(entries.Count), entries);
            Assert.Equal(Encoding.UTF8.GetString(bytes, 0, length).Count(character => character == '\n'), entries.Count);
            Assert.Equal(Array.LastIndexOf(bytes, (byte)'\n', Math.Max(length - 1, 0), length) + 1, wholeLength);
        }
    }

    [Fact]
    public async Task A_journal_is_read_line_by_line()
    {
        var line = JournalLines.Write(Entry(friendlyName: new string('z', 200)));
        await File.WriteAllBytesAsync(JournalPath, [.. Enumerable.Repeat(line, 3000).SelectMany(bytes => bytes)]);
        using var journal = Open();
        _ = journal.ReadAll().First();
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = journal.ReadAll().First();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, new FileInfo(JournalPath).Length / 3);
        Assert.Equal(3000, journal.ReadAll().Count());
    }

    [Fact]
    public async Task A_line_longer_than_any_other_is_read_whole()
    {
        var name = new string('ü', 300_000);
        using (var journal = Open())
        {
            await journal.AppendAsync(Entry(), default);
            await journal.AppendAsync(Entry(friendlyName: name), default);
            await journal.AppendAsync(Entry(), default);
        }

        using var later = Open();

        Assert.Equal([null, null, name, null], later.ReadAll().Select(entry => (entry as PurchaseIntended)?.FriendlyName));
    }

    [Fact]
    public void A_damaged_journal_is_an_error_of_ours_and_nothing_else()
    {
        var text = string.Concat(Enumerable.Range(0, 3).Select(_ => Encoding.UTF8.GetString(JournalLines.Write(
            Entry(Guid.NewGuid(), "Plan").Done(_clock.GetUtcNow(), OrderId.From("o1"), SubscriptionId.From("t1"))))));

        Always.Holds(
            JsonTexts.Damaged(Gen.Constant(text)),
            damaged =>
            {
                try
                {
                    _ = JournalLines.Read(new MemoryStream(Encoding.UTF8.GetBytes(damaged)), JournalPath).Count();
                }
                catch (CspMigrationException e)
                {
                    // The damage may have made another version of it.
                    Assert.Contains(e.ErrorId, (string[])["JournalDamaged", "JournalTooNew"]);
                }
            },
            times: 1000);
    }

    /// <summary>A clock that holds whoever opens the journal first, and with that the others who wait to write.</summary>
    private sealed class HeldClock : TimeProvider, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _released = new();

        public Task Reached => _reached.Task;

        public void Release() => _released.Set();

        public override DateTimeOffset GetUtcNow()
        {
            _reached.TrySetResult();
            _released.Wait();
            return base.GetUtcNow();
        }

        public void Dispose() => _released.Dispose();
    }

    private static void AssertUnwritable(CspMigrationException e)
    {
        Assert.Equal("JournalUnwritable", e.ErrorId);
        Assert.Contains("journal.jsonl", e.Problem, StringComparison.Ordinal);
    }

    private static string Spell(JournalEntry entry) => Encoding.UTF8.GetString(JournalLines.Write(entry));

    private FileJournal Open() => new(JournalPath, Partner, _clock);

    private PurchaseIntended Entry(Guid? request = null, string? friendlyName = null, string source = "s1")
    {
        return new PurchaseIntended
        {
            At = _clock.GetUtcNow(),
            CustomerId = CustomerId.From("c1"),
            Sources = [SourceKey.From(source)],
            RequestId = request,
            Quantity = 25,
            FriendlyName = friendlyName,
        };
    }

    private async Task WriteAsync(int entries)
    {
        using var journal = Open();
        for (var i = 0; i < entries; i++)
        {
            await journal.AppendAsync(Entry(friendlyName: $"Zoë {i}"), default);
        }
    }

    private string ReadAll()
    {
        using var file = new FileStream(JournalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file);
        return text.ReadToEnd();
    }

    private List<string> Lines() => [.. ReadAll().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
