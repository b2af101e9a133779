using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>The README's table of rules says what is there: commands that are exported, and tests that exist.</summary>
public sealed class ReadmeTableTests
{
    private const int Rules = 24;

    // A pipe within a cell has a backslash before it.
    private static readonly Regex CellEnd = new(@"(?<!\\)\|");
    private static readonly Regex Code = new("`(?<text>[^`]+)`");
    private static readonly Regex CommandName = new(@"(?<=^|\| )(?<name>[A-Z][a-z]+-[A-Za-z]+)");

    private static readonly IReadOnlyList<Row> Table = Read();

    [Fact]
    public void Every_rule_has_one_row_in_its_order()
    {
        Assert.Equal(Enumerable.Range(1, Rules), Table.Select(row => row.Number));
        Assert.All(Table, row => Assert.False(string.IsNullOrWhiteSpace(row.Text)));
    }

    [Fact]
    public void Every_command_is_exported()
    {
        var manifest = File.ReadAllText(Repository.PathOf("CspMigration.psd1"));
        Assert.All(Table, row =>
        {
            var names = Codes(row.Command).SelectMany(code => CommandName.Matches(code)).Select(match => match.Groups["name"].Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains($"'{name}'", manifest, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_class_of_tests_is_that_rule_s_and_has_tests()
    {
        Assert.All(Table, row =>
        {
            var name = Assert.Single(Codes(row.Tests), IsClass);
            Assert.StartsWith($"Rule{row.Number:00}", name, StringComparison.Ordinal);
            var type = typeof(ReadmeTableTests).Assembly.GetType($"{typeof(ReadmeTableTests).Namespace}.{name}");
            Assert.NotNull(type);
            Assert.Contains(type.GetMethods(), method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0);
        });
    }

    [Fact]
    public void Every_rule_has_a_test_of_that_name_through_the_commands()
    {
        var pester = File.ReadAllText(Repository.PathOf("tests", "Pester", "Rules.Tests.ps1"));
        Assert.All(Table, row =>
        {
            var name = Assert.Single(Codes(row.Tests), code => !IsClass(code));
            Assert.Equal($"Rule {row.Number}", name);
            Assert.Matches($@"(?m)^\s*(Describe|It) '[^']*\b{name}\b", pester);
        });
    }

    [Fact]
    public void Every_class_of_rule_tests_is_in_the_table()
    {
        var classes = typeof(ReadmeTableTests).Assembly.GetTypes().Select(type => type.Name).Where(IsClass).Order(StringComparer.Ordinal);

        Assert.Equal(classes, Table.SelectMany(row => Codes(row.Tests)).Where(IsClass));
    }

    private static bool IsClass(string name) => Regex.IsMatch(name, "^Rule[0-9]{2}[A-Za-z]+Tests$");

    private static IEnumerable<string> Codes(string cell) => Code.Matches(cell).Select(match => match.Groups["text"].Value.Replace(@"\|", "|", StringComparison.Ordinal));

    private static List<Row> Read()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var begin = readme.IndexOf("<!-- rules -->", StringComparison.Ordinal);
        var end = readme.IndexOf("<!-- /rules -->", StringComparison.Ordinal);
        return
        [
            .. readme[begin..end].Split('\n')
                .Select(line => CellEnd.Split(line).Select(cell => cell.Trim()).ToArray())
                .Where(cells => cells.Length == 6 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
                .Select(cells => new Row(int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], cells[3], cells[4])),
        ];
    }

    private sealed record Row(int Number, string Text, string Command, string Tests);
}
