using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal;

namespace CspMigration.Core.Tests.Journal;

/// <summary>Another process that writes a journal and keeps it open until it is told to end or killed.</summary>
internal sealed class JournalHolder : IDisposable
{
    private const string Holding = "holding";

    private readonly Process _process;

    private JournalHolder(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static async Task<JournalHolder> StartAsync(string path, string partnerTenantId)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(JournalHolder).Assembly.Location, path, partnerTenantId])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var holder = new JournalHolder(Process.Start(start)!);
        var line = await holder._process.StandardOutput.ReadLineAsync();
        return line == Holding ? holder : throw new InvalidOperationException($"The second process said \"{line}\".");
    }

    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static async Task Main(string[] arguments)
    {
        using var journal = new FileJournal(arguments[0], arguments[1], TimeProvider.System);
        await journal.AppendAsync(
            new JournalEntry { Kind = JournalEntryKind.StatusIntended, At = DateTimeOffset.UtcNow, CustomerId = "of the other process" }, CancellationToken.None);
        await Console.Out.WriteLineAsync(Holding);
        await Console.Out.FlushAsync();
        _ = await Console.In.ReadToEndAsync();
    }
}
