using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Quickstart;

/// <summary>The migration as an admin runs it: the module in PowerShell 7.</summary>
internal static class PowerShellRun
{
    /// <summary>The pwsh on the PATH; null where there is none.</summary>
    public static string? FindPwsh()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    public static async Task MigrateAsync(string pwsh, string script, string module, Uri endpoint, string journal, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(pwsh);
        foreach (var argument in new[]
        {
            "-NoProfile", "-NonInteractive", "-File", script, "-Module", module, "-Endpoint", endpoint.AbsoluteUri, "-JournalPath", journal,
        })
        {
            start.ArgumentList.Add(argument);
        }

        // PowerShell colours its tables even where they go to a file.
        if (Console.IsOutputRedirected)
        {
            start.Environment["NO_COLOR"] = "1";
        }

        using var process = Process.Start(start) ?? throw new QuickstartException($"{pwsh} could not be started.");
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new QuickstartException($"The migration script ended with {process.ExitCode}.");
        }
    }
}
