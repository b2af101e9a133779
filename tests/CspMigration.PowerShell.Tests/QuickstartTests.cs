using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>The quickstart of the README as somebody runs it, its output going to a file.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task It_migrates_and_its_output_is_plain_text_of_80_columns_with_nothing_cut_off()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Places.Quickstart);
        _ = start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("25 seats bought, 20 users moved, 1 subscription suspended", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u2026', output);
        var tables = output[output.IndexOf("Found", StringComparison.Ordinal)..];
        Assert.All(tables.Split('\n', StringSplitOptions.TrimEntries), line => Assert.InRange(line.Length, 0, 80));
    }
}
