using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Each promise of SECURITY.md names tests that exist.</summary>
public sealed class SecurityPromisesTests
{
    private static readonly Regex TestName = new(@"`(?<name>[A-Za-z]+Tests|[A-Za-z]+\.Tests\.ps1)`");

    public static TheoryData<string> Named => [.. TestName.Matches(Text).Select(match => match.Groups["name"].Value).Distinct()];

    private static string Text => File.ReadAllText(Repository.PathOf("SECURITY.md"));

    [Fact]
    public void Every_promise_but_one_names_its_tests()
    {
        var promises = Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();

        // What holds in every test has no test of its own.
        Assert.Contains("every test of a migration asserts", Assert.Single(promises, line => !TestName.IsMatch(line)), StringComparison.Ordinal);
        Assert.True(promises.Count >= 9);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void The_tests_are_there(string name)
    {
        var file = name.EndsWith(".ps1", StringComparison.Ordinal) ? name : name + ".cs";

        Assert.Single(Directory.EnumerateFiles(Repository.PathOf("tests"), file, SearchOption.AllDirectories));
    }
}
