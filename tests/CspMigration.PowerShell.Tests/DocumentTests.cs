using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>The documents of the repository lead where they say, and so do the comments that cite them.</summary>
public sealed class DocumentTests
{
    private static readonly Regex Code = new(@"(?s)```.*?```|`[^`\n]*`");
    private static readonly Regex Link = new(@"\]\((?<target>[^)\s]+)\)");
    private static readonly Regex Heading = new(@"(?m)^#+ (?<text>.+?)\s*$");
    private static readonly Regex Citation = new(@"docs/(?<file>[a-z-]+\.md)(?:,? (?:(?<kind>§) ?|(?<kind>rules?) )(?<numbers>\d+(?:(?:, | and )\d+)*))?");
    private static readonly Regex ClassName = new(@"`(?<name>[A-Z][a-z]+[A-Z][A-Za-z]+)`");

    private static readonly string[] CodeFolders = ["src", "tests"];
    private static readonly string[] DocumentFolders = ["docs", "examples", ".github"];

    public static TheoryData<string> Documents => [.. Files().Select(file => Path.GetRelativePath(Places.Repository, file))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_or_a_section_leads_there(string document)
    {
        var file = Path.Combine(Places.Repository, document);
        var links = Link.Matches(Code.Replace(File.ReadAllText(file), ""))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.DoesNotContain(links, target => !Exists(file, target));
    }

    [Fact]
    public void Every_section_that_a_comment_cites_is_there()
    {
        var cited = CodeFolders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Places.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]"))
            .SelectMany(file => Citation.Matches(File.ReadAllText(file)))
            .SelectMany(Sections)
            .Distinct()
            .ToList();

        Assert.NotEmpty(cited);
        Assert.DoesNotContain(cited, section => !Exists(Path.Combine(Places.Repository, "README.md"), section));
    }

    [Fact]
    public void Every_class_that_the_architecture_names_is_there()
    {
        var text = File.ReadAllText(Path.Combine(Places.Repository, "docs", "architecture.md"));
        var named = ClassName.Matches(text[text.IndexOf("## Where each decision is made", StringComparison.Ordinal)..text.IndexOf("## The journal", StringComparison.Ordinal)])
            .Select(match => match.Groups["name"].Value)
            .ToList();
        var classes = Directory.EnumerateFiles(Path.Combine(Places.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !classes.Contains(name));
    }

    // Sections of the API's facts begin with their number, rules are headings of their own.
    private static IEnumerable<string> Sections(Match citation)
    {
        var file = $"docs/{citation.Groups["file"].Value}";
        var numbers = citation.Groups["numbers"];
        return !numbers.Success ? [file]
            : Regex.Matches(numbers.Value, @"\d+").Select(number => citation.Groups["kind"].Value == "§" ? $"{file}#{number}-*" : $"{file}#rule-{number}");
    }

    private static IEnumerable<string> Files() =>
    [
        .. Directory.EnumerateFiles(Places.Repository, "*.md"),
        .. DocumentFolders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Places.Repository, folder), "*.md", SearchOption.AllDirectories)),
    ];

    private static bool Exists(string from, string target)
    {
        var (path, anchor) = target.Split('#') is [var first, var second] ? (first, second) : (target, "");
        var file = path.Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, path));
        return (File.Exists(file) || Directory.Exists(file)) && (anchor.Length == 0 || Anchors(file).Any(IsMeant));

        bool IsMeant(string other) => anchor.EndsWith('*') ? other.StartsWith(anchor[..^1], StringComparison.Ordinal) : other == anchor;
    }

    // As GitHub makes them of headings.
    private static IEnumerable<string> Anchors(string file) => Heading.Matches(File.ReadAllText(file))
        .Select(match => Regex.Replace(match.Groups["text"].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
}
