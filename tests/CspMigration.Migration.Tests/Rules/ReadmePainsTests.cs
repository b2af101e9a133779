using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>The README's table of what users of other tools suffered from names tests that exist.</summary>
public sealed class ReadmePainsTests
{
    private static readonly Regex Code = new("`(?<text>[^`]+)`");

    private static readonly ILookup<string, string> Sources = Directory
        .EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
        .ToLookup(file => Path.GetFileNameWithoutExtension(file), file => file, StringComparer.Ordinal);

    public static TheoryData<string> Shown => [.. Rows().SelectMany(cells => Code.Matches(cells[4])).Select(match => match.Groups["text"].Value).Distinct()];

    [Fact]
    public void Every_row_says_what_hurt_how_it_is_met_and_what_shows_it()
    {
        var rows = Rows();

        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => $"{number}"), rows.Select(cells => cells[1]));
        Assert.True(rows.Count >= 31);
        Assert.All(rows, cells =>
        {
            Assert.All(cells[2..4], cell => Assert.NotEmpty(cell));
            Assert.Matches(Code, cells[4]);
        });
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_test_is_there(string test)
    {
        if (test.Split(": ", 2) is [var file, var name])
        {
            var pester = File.ReadAllText(Repository.PathOf("tests", "Pester", $"{file}.Tests.ps1"));
            Assert.Matches($@"(?m)^\s*(Describe|It) '{Regex.Escape(name)}['\s]", pester);
            return;
        }

        var (type, method) = test.Split('.') is [var only] ? (only, null) : (test.Split('.')[0], test.Split('.')[1]);
        var sources = Sources[type].Select(File.ReadAllText);
        Assert.Contains(sources, source => Regex.IsMatch(source, method is null ? @"\[(Fact|Theory)" : $@"\b{method}\("));
    }

    private static List<string[]> Rows()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var begin = readme.IndexOf("<!-- pains -->", StringComparison.Ordinal);
        var end = readme.IndexOf("<!-- /pains -->", StringComparison.Ordinal);
        return
        [
            .. readme[begin..end].Split('\n')
                .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
                .Where(cells => cells.Length == 6)
                .Skip(2),
        ];
    }
}
