using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Pwsh;

namespace Quickstart;

/// <summary>The sandbox server in its own process, on a free port. It ends when this object is disposed or this process ends.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private const string Announcement = "listening on ";

    private readonly Process _process;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SandboxProcess> StartAsync(string server, string scenario, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetHost.File) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", server, "--port", "0", "--scenario", scenario, "--exit-with-stdin" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new QuickstartException("The sandbox server could not be started.");
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return line is not null && line.StartsWith(Announcement, StringComparison.Ordinal)
            ? new SandboxProcess(process, new Uri(line[Announcement.Length..]))
            : throw new QuickstartException($"The sandbox server did not start: {line}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
