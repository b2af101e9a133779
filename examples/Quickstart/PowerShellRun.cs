using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Pwsh;

namespace Quickstart;

/// <summary>The migration as an admin runs it: the module in PowerShell 7.</summary>
internal static class PowerShellRun
{
    /// <summary>Runs the script until it ends.</summary>
    /// <exception cref="QuickstartException">The script failed. It has already printed the error.</exception>
    public static async Task MigrateAsync(string script, string module, Uri endpoint, string journal, string report, CancellationToken cancellationToken)
    {
        var start = PwshProcess.Prepare(
            ["-NonInteractive", "-File", script, "-Module", module, "-Endpoint", endpoint.AbsoluteUri, "-JournalPath", journal, "-ReportPath", report]);

        // PowerShell colors its tables even if the output is a file.
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
            throw new QuickstartException($"The migration script failed with exit code {process.ExitCode}.");
        }
    }
}
