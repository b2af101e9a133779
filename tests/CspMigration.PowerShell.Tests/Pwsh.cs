using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CspMigration.PowerShell.Tests;

/// <summary>PowerShell 7 and its modules on this machine, where they are.</summary>
internal static class Pwsh
{
    private static readonly Lazy<string?> Executable = new(Find);
    private static readonly Lazy<string> Modules = new(ListModules);

    /// <summary>Why tests that need pwsh and a module cannot run here; null where they can.</summary>
    public static string? ReasonToSkip(string module)
    {
        return Executable.Value is null ? "There is no pwsh on the PATH."
            : !Modules.Value.Split(' ').Contains(module) ? $"pwsh is there, but its module {module} is not installed."
            : null;
    }

    /// <summary>Runs pwsh to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable.Value!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Places.Repository,
        };
        start.Environment["CSPMIGRATION_MODULE"] = Path.Combine(Places.Module, "CspMigration.psd1");
        start.Environment["CSPMIGRATION_SERVER"] = Places.Server;
        start.Environment["CSPMIGRATION_OTHER_MODULE"] = Places.OtherModule;

        // Each pwsh lives for seconds: measuring its code to compile it better costs an eighth of its time, and pays nothing back.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-NonInteractive");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private static string ListModules()
    {
        var (_, output) = RunAsync("-Command", "(Get-Module -ListAvailable -Name Pester, PSScriptAnalyzer).Name | Select-Object -Unique").GetAwaiter().GetResult();
        return string.Join(' ', output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
