using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>Runs what only a real PowerShell can show: each Pester file in a fresh pwsh, on the staged module.</summary>
public sealed class PesterTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Places.PesterTests, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order()];

    [PesterTheory]
    [MemberData(nameof(Files))]
    public async Task Every_test_of_the_file_passes(string file)
    {
        Directory.CreateDirectory(Places.Results);
        var result = Path.Combine(Places.Results, $"pester-{Path.GetFileNameWithoutExtension(file)}.xml");
        File.Delete(result);

        var (exitCode, output) = await Pwsh.RunAsync(
            "-File",
            Path.Combine(Places.PesterTests, "Invoke-PesterFile.ps1"),
            "-Path",
            Path.Combine(Places.PesterTests, file),
            "-ResultPath",
            result);

        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(result), output);
    }
}
