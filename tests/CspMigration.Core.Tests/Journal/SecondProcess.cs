using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Tests.Journal;

/// <summary>What this assembly does when it is started as a process of its own.</summary>
internal static partial class SecondProcess
{
    /// <summary>Writes an entry and keeps the journal open until its input ends.</summary>
    public const string Hold = "hold";

    /// <summary>Writes entries while the disk takes all, then only half of one, then all again; says how many it was told are written.</summary>
    public const string Fill = "fill";

    public const string Ready = "ready";

    private const int FileSizeLimit = 1;
    private const int FileSizeSignal = 25;

    public static Process Start(string action, string path, string partnerTenantId)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(SecondProcess).Assembly.Location, action, path, partnerTenantId])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static async Task Main(string[] arguments)
    {
        using var journal = new FileJournal(arguments[1], arguments[2], TimeProvider.System);
        if (arguments[0] == Hold)
        {
            _ = await TryAppendAsync(journal, "held");
            await Console.Out.WriteLineAsync(Ready);
            _ = await Console.In.ReadToEndAsync();
        }
        else
        {
            await FillAsync(journal);
        }
    }

    private static async Task FillAsync(FileJournal journal)
    {
        // Unless it is caught, the signal of a file that grows beyond its limit ends the process.
        using var caught = PosixSignalRegistration.Create((PosixSignal)FileSizeSignal, context => context.Cancel = true);
        var written = await TryAppendAsync(journal, "before") ? 1 : 0;

        Limit(new FileInfo(journal.Path!).Length + 50);
        for (var i = 0; i < 3; i++)
        {
            written += await TryAppendAsync(journal, "on the full disk") ? 1 : 0;
        }

        Limit(long.MaxValue);
        written += await TryAppendAsync(journal, "after") ? 1 : 0;
        await Console.Out.WriteLineAsync($"{written}");
    }

    private static async Task<bool> TryAppendAsync(FileJournal journal, string name)
    {
        try
        {
            var entry = new PurchaseIntended { At = DateTimeOffset.UtcNow, FriendlyName = name };
            await journal.AppendAsync(entry, CancellationToken.None);
            return true;
        }
        catch (CspMigrationException e) when (e.ErrorId == "JournalUnwritable")
        {
            return false;
        }
    }

    private static void Limit(long length)
    {
        var limit = new ResourceLimit { Current = (ulong)length, Maximum = ulong.MaxValue };
        if (SetLimit(FileSizeLimit, ref limit) != 0)
        {
            throw new InvalidOperationException($"The limit was not set: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, ref ResourceLimit limit);

    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
