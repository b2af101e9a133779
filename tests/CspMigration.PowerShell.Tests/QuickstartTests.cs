using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Pwsh;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>The quickstart of the README as someone runs it, its output going to a file.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task It_migrates_through_the_PowerShell_of_the_build_with_nothing_on_the_PATH_in_plain_text_of_80_columns_with_nothing_cut_off()
    {
        var empty = Directory.CreateTempSubdirectory("CspMigration-path-");
        var (exitCode, output, error) = await RunAsync(environment =>
        {
            environment["PATH"] = empty.FullName;
            _ = environment.Remove("NO_COLOR");
            _ = environment.Remove(PwshProcess.Variable);
        });
        empty.Delete();

        Assert.True(exitCode == 0, output + error);
        Assert.Contains($"Migrating through PowerShell {PwshProcess.RestoredVersion} ", output, StringComparison.Ordinal);
        Assert.Contains("25 seats bought, 20 users moved, 1 subscription suspended", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u2026', output);
        Assert.All(ShownInReadme(), line => Assert.Contains(line, output, StringComparison.Ordinal));
        var tables = output[output.IndexOf("Found", StringComparison.Ordinal)..];
        Assert.All(tables.Split('\n', StringSplitOptions.TrimEntries), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Another_PowerShell_that_is_named_and_not_there_is_an_error_that_says_so()
    {
        var (exitCode, _, error) = await RunAsync(environment => environment[PwshProcess.Variable] = "/nowhere/pwsh");

        Assert.Equal(1, exitCode);
        Assert.Contains("CSPMIGRATION_PWSH names /nowhere/pwsh, which is not a file.", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> ShownInReadme()
    {
        var readme = File.ReadAllText(Path.Combine(Places.Repository, "README.md")).ReplaceLineEndings("\n");
        var shown = Regex.Match(readme, @"(?s)dotnet run --project examples/Quickstart\n```.*?```text\n(?<lines>.*?)\n```").Groups["lines"].Value;
        Assert.NotEqual("", shown);

        // The report lies in the folder for temporary files, which is another on each system.
        return shown.Split('\n').Where(line => line != "…").Select(line => line.Replace("/tmp/", Path.GetTempPath(), StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(Action<IDictionary<string, string?>> setUp)
    {
        var start = new ProcessStartInfo(DotnetHost.File, ["exec", Places.Quickstart])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        setUp(start.Environment);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
