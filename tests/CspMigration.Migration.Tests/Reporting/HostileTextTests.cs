using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Reporting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualBasic.FileIO;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>Whatever customers, offers and users are called, a report only says it.</summary>
public sealed class HostileTextTests
{
    private const int Texts = 7;
    private const int Samples = 300;

    private static readonly string[] Tags =
    [
        "html", "head", "meta", "title", "link", "style", "body", "main", "header", "section", "h1", "h2", "p", "b", "div", "dl", "dt", "dd", "strong", "span", "time",
        "ul", "ol", "li", "svg", "desc", "rect", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "code", "pre", "q", "a", "h3", "details", "summary",
    ];

    private static readonly string[] Attributes =
    [
        "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "aria-labelledby", "role", "scope", "data-label", "viewBox", "preserveAspectRatio",
        "width", "height", "x",
    ];

    private static readonly Arbitrary<string[]> Any = HostileText.Texts.ArrayOf(Texts + 1).ToArbitrary();

    [Fact]
    public void In_the_page_no_text_becomes_markup()
    {
        ForAll(texts =>
        {
            var page = Render(ReportFormat.Html, texts);
            var tags = Regex.Matches(page, @"<\s*/?\s*([^\s>/]+)((?:\s+[^\s=>]+=""[^""]*"")*)\s*>");
            Assert.Equal(page.Count(character => character == '<'), tags.Count + 1);
            Assert.All(tags, tag => Assert.Contains(tag.Groups[1].Value, Tags));
            Assert.All(
                tags.SelectMany(tag => Regex.Matches(tag.Groups[2].Value, @"\s([^\s=]+)=""").Select(attribute => attribute.Groups[1].Value)),
                attribute => Assert.Contains(attribute, Attributes));
            Assert.Contains(Visible(texts[0]), WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void In_the_table_no_cell_is_a_formula_and_none_breaks_its_line()
    {
        ForAll(texts =>
        {
            var lines = Render(ReportFormat.Csv, texts).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, lines.Length);
            using var parser = new TextFieldParser(new StringReader(lines[1])) { TextFieldType = FieldType.Delimited, TrimWhiteSpace = false };
            parser.SetDelimiters(",");
            var cells = parser.ReadFields()!;
            Assert.Equal(lines[0].Split(',').Length, cells.Length);
            Assert.All(cells, cell => Assert.DoesNotMatch(@"^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]", cell));
            Assert.DoesNotContain(lines[1], char.IsControl);
        });
    }

    [Fact]
    public void For_programs_every_text_comes_back_as_it_was_and_none_can_end_a_script()
    {
        ForAll(texts =>
        {
            var json = Render(ReportFormat.Json, texts);
            Assert.DoesNotContain('<', json);
            using var document = JsonDocument.Parse(json);
            var migration = document.RootElement.GetProperty("Migrations")[0];
            Assert.Equal(Whole(texts[0]), migration.GetProperty("CustomerName").GetString());
            Assert.Equal(Whole(texts[4]), migration.GetProperty("Error").GetString());
            Assert.Equal("Failed", migration.GetProperty("State").GetString());
        });
    }

    private static void ForAll(Action<string[]> check) =>
        Prop.ForAll(Any, check).Check(Config.QuickThrowOnFailure.WithMaxTest(Samples));

    private static string Render(ReportFormat format, string[] texts)
    {
        using var stream = new MemoryStream();
        new MigrationReport(texts[Texts], DateTimeOffset.UnixEpoch, [HostileText.Migration(texts)]).Write(format, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // A name of nothing but blanks is no name: the customer's id stands there.
    private static string Visible(string text) => string.IsNullOrWhiteSpace(text)
        ? "c"
        : new string([.. Whole(text).Select(character => char.IsControl(character) && character is not ('\n' or '\t') ? '\uFFFD' : character)]);

    // Half of a surrogate pair is no character and cannot be written.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
