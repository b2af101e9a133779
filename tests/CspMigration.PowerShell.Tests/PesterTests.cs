using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace CspMigration.PowerShell.Tests;

/// <summary>
/// Runs what only a real PowerShell can show: the Pester files, on the staged module. They are dealt out to classes, because the runner works
/// on classes side by side and on the rows of one in turn.
/// </summary>
public static class PesterTests
{
    private const int Lanes = 2;

    /// <summary>The first part of the files.</summary>
    public sealed class FirstLane(PesterWorker worker, ITestOutputHelper output) : IClassFixture<PesterWorker>
    {
        public static TheoryData<string> Files => [.. FilesOf(0)];

        [Theory]
        [MemberData(nameof(Files))]
        public Task Every_test_of_the_file_passes(string file) => RunAsync(worker, file, output);
    }

    /// <summary>The second part of them.</summary>
    public sealed class SecondLane(PesterWorker worker, ITestOutputHelper output) : IClassFixture<PesterWorker>
    {
        public static TheoryData<string> Files => [.. FilesOf(1)];

        [Theory]
        [MemberData(nameof(Files))]
        public Task Every_test_of_the_file_passes(string file) => RunAsync(worker, file, output);
    }

    private static IEnumerable<string> FilesOf(int lane) => Directory.GetFiles(Places.PesterTests, "*.Tests.ps1")
        .Select(file => Path.GetFileName(file))
        .Order()
        .Where((_, index) => index % Lanes == lane);

    private static async Task RunAsync(PesterWorker worker, string file, ITestOutputHelper printed)
    {
        Directory.CreateDirectory(Places.Results);
        var result = Path.Combine(Places.Results, $"pester-{Path.GetFileNameWithoutExtension(file)}.xml");
        File.Delete(result);

        var (failures, output) = await worker.RunAsync(Path.Combine(Places.PesterTests, file), result);

        printed.WriteLine(output);
        Assert.True(failures == "0", output);
        Assert.True(File.Exists(result), output);
    }
}
