using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Wording;
using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>A page in the customer's language has nothing in another one but names, commands and quotes.</summary>
public sealed class ReportLanguageTests(EdgeCaseReports reports) : IClassFixture<EdgeCaseReports>
{
    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    // Words that every English sentence has one of, and that are none in French.
    private static readonly Regex EnglishWord = new(
        @"\b(the|of|and|is|are|was|were|has|have|had|with|without|for|from|to|by|not|no|it|its|this|that|they|them|be|been|can|will|or|until|which|who|then|again|run|users?|seats?|licenses?|customers?|subscriptions?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // What is called so in every language.
    private static readonly string[] Terms = ["Partner Center", "Microsoft Graph", "Directory Readers", "License Administrator", "User Administrator"];

    public static TheoryData<string, string> Pages
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var source in new[] { "run", "journal", "0.1.0" })
            {
                all.Add(source, "fr-FR");
                all.Add(source, "zh-TW");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_no_English_but_names_commands_and_marked_quotes(string source, string culture)
    {
        var text = WithoutNames(EdgeCaseReports.VisibleTextOf(reports.PageOf(source, culture), "q", "code"), source);

        Assert.Empty(EnglishWord.Matches(text).Select(word => text.Substring(Math.Max(0, word.Index - 60), Math.Min(120, text.Length - Math.Max(0, word.Index - 60)))));
        Assert.DoesNotMatch(culture == "zh-TW" ? @"[A-Za-z]{3,} [A-Za-z]{3,}" : @"\p{IsCJKUnifiedIdeographs}", text);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_English_text_of_the_page_is_in_it(string source, string culture)
    {
        var lines = WithoutNames(EdgeCaseReports.VisibleTextOf(reports.PageOf(source, culture), "q", "code"), source).Split('\n').Select(line => line.Trim()).ToHashSet();
        var translated = TextTable.Report(ReportLanguage.Find(culture)!).All;
        var english = TextTable.Report(ReportLanguage.English).All.Where(text => text.Value.Length > 3 && translated[text.Key] != text.Value && !translated.Values.Contains(text.Value));

        Assert.DoesNotContain(english, text => lines.Contains(text.Value));
    }

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("fr-FR", "fr")]
    [InlineData("zh-TW", "zh-Hant-TW")]
    public void A_page_names_its_language(string culture, string tag) => Assert.Contains($"<html lang=\"{tag}\">", reports.PageOf("run", culture), StringComparison.Ordinal);

    [Theory]
    [InlineData("en-US")]
    [InlineData("fr-FR")]
    [InlineData("zh-TW")]
    public void Ids_stand_in_the_blocks_of_commands_alone(string culture)
    {
        var page = reports.PageOf("run", culture);

        Assert.Matches($"<pre><code>.*{Guid}", page);
        Assert.DoesNotMatch(Guid, EdgeCaseReports.VisibleTextOf(page, "pre"));
    }

    [Fact]
    public void Commands_are_the_same_in_every_language_and_in_the_journal()
    {
        var commands = CommandsOf(reports.PageOf("run", "en-US"));

        Assert.Contains(commands, command => command.StartsWith("New-TargetSubscription -CustomerId ", StringComparison.Ordinal));
        Assert.Equal(commands, CommandsOf(reports.PageOf("run", "fr-FR")));
        Assert.Equal(commands, CommandsOf(reports.PageOf("run", "zh-TW")));
        Assert.Equal(commands.Order(StringComparer.Ordinal), CommandsOf(reports.PageOf("journal", "fr-FR")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("journal")]
    public void The_words_of_the_service_are_marked_as_quotes(string source)
    {
        const string Words = "Access is blocked by the customer's Conditional Access policies.";

        Assert.Contains(QuotesOf(reports.PageOf(source, "fr-FR")), quote => quote == Words);
        Assert.Contains(QuotesOf(reports.PageOf(source, "zh-TW")), quote => quote == Words);
        Assert.Contains(QuotesOf(reports.PageOf(source, "en-US")), quote => quote == Words.TrimEnd('.'));
    }

    [Fact]
    public void The_message_of_an_early_journal_is_quoted_behind_what_happened()
    {
        var stopped = reports.MigrationsOf("0.1.0").Where(migration => migration.ErrorId is not null).ToList();
        var quotes = QuotesOf(reports.PageOf("0.1.0", "fr-FR"));

        Assert.NotEmpty(stopped);
        Assert.All(stopped, migration => Assert.Contains(migration.Error, quotes));
        Assert.Contains($"{TextTable.Causes(ReportLanguage.Find("fr-FR")!)["AgreementMissing"]} <q lang=\"en\">", WebUtility.HtmlDecode(reports.PageOf("0.1.0", "fr-FR")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_error_of_this_version_is_quoted_whole()
    {
        var errors = reports.MigrationsOf("journal").Select(migration => migration.Error).OfType<string>().ToList();

        Assert.NotEmpty(errors);
        Assert.Empty(errors.Intersect(QuotesOf(reports.PageOf("journal", "zh-TW"))));
    }

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Json)]
    public void What_programs_read_is_the_same_in_every_language(ReportFormat format)
    {
        Assert.Equal(reports.Write("run", format, null), reports.Write("run", format, "fr-FR"));
        Assert.Equal(reports.Write("run", format, null), reports.Write("run", format, "zh-TW"));
    }

    // "Customer" is a value of -UsageLocation.
    private string WithoutNames(string text, string source)
    {
        var names = reports.MigrationsOf(source)
            .SelectMany(migration => new[]
            {
                migration.CustomerName, migration.CustomerId, migration.Source?.OfferName, migration.Source?.OfferId, migration.Target?.OfferName, migration.Target?.OfferId, migration.SourceSubscriptionId,
            })
            .Concat(reports.MigrationsOf(source).SelectMany(migration => migration.LicenseMove?.Users ?? []).SelectMany(user => new[] { user.UserPrincipalName, user.UserId }))
            .Concat(Terms)
            .OfType<string>()
            .Where(name => name.Length > 0)
            .Distinct()
            .OrderByDescending(name => name.Length);
        return names.Aggregate(text, (rest, name) => rest.Replace(name, "", StringComparison.OrdinalIgnoreCase)).Replace("Customer", "", StringComparison.Ordinal);
    }

    private static List<string> CommandsOf(string page) => [.. Regex.Matches(page, "<pre><code>(.*?)</code></pre>", RegexOptions.Singleline).Select(block => TextOf(block.Groups[1].Value))];

    private static List<string> QuotesOf(string page) => [.. Regex.Matches(page, "<q lang=\"en\">(.*?)</q>", RegexOptions.Singleline).Select(quote => TextOf(quote.Groups[1].Value))];

    private static string TextOf(string markup) => WebUtility.HtmlDecode(Regex.Replace(markup, "<[^>]*>", ""));
}
