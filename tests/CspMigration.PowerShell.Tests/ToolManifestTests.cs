using System.IO;
using System.Text.Json;
using CspMigration.Pwsh;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary><c>dotnet pwsh</c> in this repository.</summary>
public sealed class ToolManifestTests
{
    [Fact]
    public void It_is_the_PowerShell_that_the_tests_run()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Places.Repository, ".config", "dotnet-tools.json")));
        var version = manifest.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString();

        Assert.Equal(PwshProcess.RestoredVersion, version);
    }
}
