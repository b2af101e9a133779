using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class JournalFilesTests : IDisposable
{
    private const string Partner = "AAAAAAAA-1111-1111-1111-111111111111";

    private readonly ScratchFolder _folder = new();
    private readonly VirtualTime _clock = VirtualTime.Manual();

    private string JournalPath => _folder.File("journal.jsonl");

    public void Dispose()
    {
        _clock.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void One_path_however_written_has_one_writer()
    {
        using var one = JournalFiles.Lease(JournalPath, Partner, _clock);
        using var other = JournalFiles.Lease(Path.Combine(_folder.Path, "x", "..", "journal.jsonl"), Partner, _clock);
        using var another = JournalFiles.Lease(_folder.File("another.jsonl"), Partner, _clock);

        Assert.Same(one.Item, other.Item);
        Assert.NotSame(one.Item, another.Item);
        Assert.Equal(JournalPath, one.Item.Path);
    }

    [Theory]
    [InlineData('\\', true)]
    [InlineData('/', false)]
    public void Only_where_the_system_takes_no_notice_of_the_case_does_the_journal(char separator, bool isOne)
    {
        Assert.Equal(isOne, JournalPaths.ComparerOf(separator).Equals("journal.jsonl", "JOURNAL.jsonl"));
    }

    [Fact]
    public void A_path_in_another_case_has_the_writer_the_system_gives_it()
    {
        using var one = JournalFiles.Lease(JournalPath, Partner, _clock);
        using var other = JournalFiles.Lease(_folder.File("JOURNAL.jsonl"), Partner, _clock);

        Assert.Equal(OperatingSystem.IsWindows(), ReferenceEquals(one.Item, other.Item));
    }

    [Fact]
    public async Task A_journal_is_closed_with_its_last_lease()
    {
        var one = JournalFiles.Lease(JournalPath, Partner, _clock);
        var other = JournalFiles.Lease(JournalPath, Partner, _clock);
        await one.Item.AppendAsync(Entry(), default);

        one.Dispose();
        one.Dispose();
        await other.Item.AppendAsync(Entry(), default);
        using var outsider = new FileJournal(JournalPath, Partner, _clock);
        Assert.Equal("JournalLocked", (await Assert.ThrowsAsync<CspMigrationException>(() => outsider.AppendAsync(Entry(), default))).ErrorId);

        other.Dispose();
        await outsider.AppendAsync(Entry(), default);
    }

    [Fact]
    public async Task A_journal_whose_leases_are_forgotten_is_closed_when_they_are_collected()
    {
        await LeaseAndForgetAsync();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        using var outsider = new FileJournal(JournalPath, Partner, _clock);
        await outsider.AppendAsync(Entry(), default);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task LeaseAndForgetAsync()
    {
        var forgotten = JournalFiles.Lease(JournalPath, Partner, _clock);
        await forgotten.Item.AppendAsync(Entry(), default);
    }

    [Fact]
    public async Task A_journal_in_use_is_not_leased_to_another_partner()
    {
        using var lease = JournalFiles.Lease(JournalPath, Partner, _clock);

        var e = Assert.Throws<CspMigrationException>(() => JournalFiles.Lease(JournalPath, "BBBBBBBB-1111-1111-1111-111111111111", _clock));
        using var same = JournalFiles.Lease(JournalPath, Partner.ToLowerInvariant(), _clock);
        await lease.Item.AppendAsync(Entry(), default);

        Assert.Equal("JournalOfAnotherTenant", e.ErrorId);
        Assert.Same(lease.Item, same.Item);
        Assert.Equal(Partner, lease.Item.View.PartnerTenantId);
    }

    [Fact]
    public async Task A_journal_leased_again_is_read_anew()
    {
        using (var first = JournalFiles.Lease(JournalPath, Partner, _clock))
        {
            await first.Item.AppendAsync(Entry(), default);
        }

        using var second = JournalFiles.Lease(JournalPath, Partner, _clock);

        Assert.Equal(Partner, second.Item.View.PartnerTenantId);
    }

    [Fact]
    public void The_default_is_a_file_of_the_partner_in_the_users_state_folder()
    {
        const string Name = "journal-aaaaaaaa-1111-1111-1111-111111111111.jsonl";
        var configured = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        try
        {
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", null);
            var expected = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "CspMigration", Name)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "CspMigration", Name);
            Assert.Equal(expected, JournalFiles.DefaultPath(Partner));

            Environment.SetEnvironmentVariable("XDG_STATE_HOME", _folder.Path);
            Assert.Equal(
                RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? expected : _folder.File(Path.Combine("CspMigration", Name)),
                JournalFiles.DefaultPath(Partner));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", configured);
        }
    }

    private StatusIntended Entry() => new() { At = _clock.GetUtcNow() };
}
