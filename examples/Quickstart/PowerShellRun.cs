using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Pwsh;

namespace Quickstart;

/// <summary>The migration as an admin runs it: the module in PowerShell 7.</summary>
internal static class PowerShellRun
{
    /// <summary>Runs the script to its end.</summary>
    /// <exception cref="QuickstartException">It ended with an error, which it has printed.</exception>
    public static async Task MigrateAsync(string script, string module, Uri endpoint, string journal, string report, CancellationToken cancellationToken)
    {
        var start = PwshProcess.Prepare(
            ["-NonInteractive", "-File", script, "-Module", module, "-Endpoint", endpoint.AbsoluteUri, "-JournalPath", journal, "-ReportPath", report]);

        // PowerShell colors its tables even where they go to a file.
        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        using var process = Process.Start(start) ?? throw new QuickstartException("PowerShell could not be started.");
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new QuickstartException($"The migration script ended with {process.ExitCode}.");
        }
    }
}
