using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>Keeps scripts and manifest to the analyzer's rules.</summary>
public sealed class ScriptAnalyzerTests
{
    [ScriptAnalyzerFact]
    public async Task No_script_and_no_manifest_has_a_finding()
    {
        var (exitCode, output) = await Pwsh.RunAsync("-File", Path.Combine(Places.Repository, "tests", "Pester", "Invoke-Analyzer.ps1"), "-Repository", Places.Repository);

        Assert.True(exitCode == 0, output);
    }
}
