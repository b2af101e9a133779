using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>
/// Runs what only a real PowerShell can show: each Pester file in a fresh pwsh, on the staged module. Every other file is in
/// each of two classes, because the runner works on classes side by side and on the rows of one in turn.
/// </summary>
public static class PesterTests
{
    private static IEnumerable<string> Files => Directory.GetFiles(Places.PesterTests, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order();

    /// <summary>The first, third, fifth file and so on.</summary>
    public sealed class OddFiles
    {
        public static TheoryData<string> Files => [.. PesterTests.Files.Where((_, index) => index % 2 == 0)];

        [PesterTheory]
        [MemberData(nameof(Files))]
        public Task Every_test_of_the_file_passes(string file) => RunAsync(file);
    }

    /// <summary>The others.</summary>
    public sealed class EvenFiles
    {
        public static TheoryData<string> Files => [.. PesterTests.Files.Where((_, index) => index % 2 == 1)];

        [PesterTheory]
        [MemberData(nameof(Files))]
        public Task Every_test_of_the_file_passes(string file) => RunAsync(file);
    }

    private static async Task RunAsync(string file)
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
