using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Reporting.Html;
using CspMigration.Core.Wording;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

/// <summary>Every text is there in every language, with the same places for what is filled in, and in the typography of the language.</summary>
public sealed class TextsTests
{
    private static readonly Dictionary<string, Func<ReportLanguage, TextTable>> Tables = new()
    {
        ["Causes"] = TextTable.Causes,
        ["Formats"] = TextTable.Formats,
        ["Invitation"] = TextTable.Invitation,
        ["Remedies"] = TextTable.Remedies,
        ["Report"] = TextTable.Report,
    };

    private static readonly string[] MayBeEmpty = ["SentenceSeparator", "SingularNumbers"];

    public static TheoryData<string, string> Translations
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var table in Tables.Keys)
            {
                foreach (var language in ReportLanguage.All.Where(language => language != ReportLanguage.English))
                {
                    all.Add(table, language.Culture);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void No_text_is_missing_in_a_language_and_none_is_left_over(string table, string culture)
    {
        var english = Tables[table](ReportLanguage.English).All;
        var translated = Tables[table](ReportLanguage.Find(culture)!).All;

        Assert.NotEmpty(english);
        Assert.Empty(english.Keys.Except(translated.Keys));
        Assert.Empty(translated.Keys.Except(english.Keys));
        Assert.All(translated.Where(text => !MayBeEmpty.Contains(text.Key)), text => Assert.NotEqual("", text.Value));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_text_has_the_same_places_in_every_language(string table, string culture)
    {
        var english = Tables[table](ReportLanguage.English).All;

        Assert.All(Tables[table](ReportLanguage.Find(culture)!).All, text => Assert.Equal(PlacesOf(english[text.Key]), PlacesOf(text.Value)));
    }

    [Fact]
    public void Every_text_of_the_page_is_in_the_resource_and_none_is_left_over()
    {
        Assert.Equal(Enum.GetNames<ReportText>().Order(StringComparer.Ordinal), TextTable.Report(ReportLanguage.English).All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("fr-FR")]
    [InlineData("zh-TW")]
    public void Every_state_and_every_end_of_a_term_has_words_of_its_own(string culture)
    {
        var words = new Words(ReportLanguage.Find(culture)!);
        var states = Enum.GetValues<MigrationState>();
        var ends = Enum.GetValues<EndOfTerm>();

        Assert.Equal(states.Length, states.Select(state => words.State(state, isPlan: false)).Distinct().Count());
        Assert.Equal(ends.Length, ends.Select(words.End).Distinct().Count());
    }

    [Fact]
    public void Every_error_has_a_sentence_of_what_happened()
    {
        Assert.Equal(ErrorCatalog.All.Select(error => error.Id).Order(StringComparer.Ordinal), TextTable.Causes(ReportLanguage.English).All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void French_has_no_break_spaces_and_its_own_quotes_and_apostrophes()
    {
        Assert.All(TextsOf("fr-FR"), text =>
        {
            Assert.DoesNotMatch(@" [:;!?»]", text);
            Assert.DoesNotMatch(@"« |«\S", text.Replace("«\u00A0", "", StringComparison.Ordinal));
            Assert.DoesNotMatch(@"[^\u202F]!|[^\u202F]\?", text);
            Assert.DoesNotMatch(@"\p{L}'\p{L}", text);
        });
    }

    [Fact]
    public void Chinese_has_punctuation_of_full_width_and_its_own_quotes()
    {
        Assert.All(TextsOf("zh-TW"), text =>
        {
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}(\s*[,;:!?""]|\.)", text);
            Assert.DoesNotMatch(@"[“”]", text);
            Assert.DoesNotMatch(@"[。，；：、]\s+\p{IsCJKUnifiedIdeographs}", text);
        });
    }

    [Theory]
    [InlineData("en-US", "1,234,567", "2027-01-13")]
    [InlineData("fr-FR", "1\u202F234\u202F567", "13/01/2027")]
    [InlineData("zh-TW", "1,234,567", "2027/01/13")]
    public void Numbers_and_days_are_written_as_the_culture_does_on_every_machine(string culture, string number, string day)
    {
        var words = new LanguageWords(ReportLanguage.Find(culture)!);

        Assert.Equal((number, day), (words.Number(1_234_567), words.Date(new DateTime(2027, 1, 13))));
    }

    [Theory]
    [InlineData("en-US", "0 seats", "1 seat", "2 seats")]
    [InlineData("fr-FR", "0 licence", "1 licence", "2 licences")]
    [InlineData("zh-TW", "0 個席次", "1 個席次", "2 個席次")]
    public void A_number_of_things_has_the_singular_where_the_language_has_it(string culture, params string[] expected)
    {
        var words = new Words(ReportLanguage.Find(culture)!);

        Assert.Equal(expected, Enumerable.Range(0, 3).Select(words.Seats));
    }

    [Theory]
    [InlineData("fr", "fr-FR")]
    [InlineData("FR-fr", "fr-FR")]
    [InlineData("zh-Hant", "zh-TW")]
    [InlineData("en", "en-US")]
    [InlineData("zh-CN", null)]
    [InlineData("fr-CA", null)]
    [InlineData("", null)]
    public void A_language_is_found_by_its_culture_or_its_own_name(string name, string? culture) => Assert.Equal(culture, ReportLanguage.Find(name)?.Culture);

    private static IEnumerable<string> TextsOf(string culture) => Tables.Where(table => table.Key != "Formats").SelectMany(table => table.Value(ReportLanguage.Find(culture)!).All.Values);

    private static IEnumerable<string> PlacesOf(string text) => Regex.Matches(text, @"\{\d+(:[^}]*)?\}").Select(place => place.Value).Order(StringComparer.Ordinal);
}
