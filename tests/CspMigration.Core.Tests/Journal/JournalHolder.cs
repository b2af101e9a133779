using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace CspMigration.Core.Tests.Journal;

/// <summary>Another process that writes a journal and keeps it open until it is told to end or killed.</summary>
internal sealed class JournalHolder : IDisposable
{
    private readonly Process _process;

    private JournalHolder(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static async Task<JournalHolder> StartAsync(string path, string partnerTenantId)
    {
        var holder = new JournalHolder(SecondProcess.Start(SecondProcess.Hold, path, partnerTenantId));
        var line = await holder._process.StandardOutput.ReadLineAsync();
        return line == SecondProcess.Ready ? holder : throw new InvalidOperationException($"The second process said \"{line}\".");
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
}
