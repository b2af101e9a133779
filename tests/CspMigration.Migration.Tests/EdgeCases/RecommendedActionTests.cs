using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Core.Errors;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.EdgeCases;

/// <summary>What an error recommends can be copied from the screen into the prompt.</summary>
public sealed class RecommendedActionTests : IClassFixture<EdgeCaseRun>
{
    private const string FullStopAfterCommandOrId = @"(?<!\w)(?:[A-Z][a-z]+-[A-Z]\w+|-[A-Z]\w+(?::\$?\w+)?|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27})\.(?=\s|$)";

    private readonly EdgeCaseRun _run;

    public RecommendedActionTests(EdgeCaseRun run) => _run = run;

    public static TheoryData<string> ErrorIds => [.. ErrorCatalog.All.Select(definition => definition.Id)];

    [Theory]
    [MemberData(nameof(ErrorIds))]
    public void What_the_catalog_recommends_can_be_pasted(string errorId)
    {
        AssertPasteable(ErrorCatalog.Find(errorId).RecommendedAction);
    }

    [Fact]
    public void What_any_edge_case_recommends_can_be_pasted()
    {
        var errors = _run.Errors.Concat(_run.ErrorsOfThePlan).Concat(_run.DiscoveryErrors).Concat(_run.ByName.Values).ToList();

        Assert.All(
            ["HoldersRemain", "AddOnStillActive", "OfferLimitReached", "TargetNotOnSale", "TooFewSeats", "QuantityOutOfRange"],
            errorId => Assert.Contains(errors, error => error.ErrorId == errorId));
        Assert.All(errors, error => AssertPasteable(error.RecommendedAction));
        Assert.All(_run.Readiness.SelectMany(readiness => readiness.Checks).Select(check => check.Remedy).OfType<string>(), AssertPasteable);
    }

    [Theory]
    [InlineData("CspMigration.PartnerCenter")]
    [InlineData("CspMigration.Core")]
    [InlineData("CspMigration.PowerShell")]
    [InlineData("CspMigration.Contracts")]
    public void No_message_has_a_full_stop_after_a_command_or_a_parameter(string project)
    {
        var texts = Directory.GetFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Texts(file).Select(text => $"{Path.GetFileName(file)}: {text}"))
            .ToList();

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotMatch(FullStopAfterCommandOrId, text));
    }

    [Theory]
    [InlineData("Run with -Confirm:$false.")]
    [InlineData("Suspend-Subscription -SubscriptionId d4d75a72-2bb2-49d5-8c58-c9248d820ee5.")]
    [InlineData("Use Set-Subscription. Then go on.")]
    public void A_full_stop_after_a_command_or_an_id_is_seen(string text)
    {
        Assert.Matches(FullStopAfterCommandOrId, text);
    }

    // What stands between quotes, with a space in place of what is filled in. Comments have none that matter.
    private static IEnumerable<string> Texts(string file)
    {
        return File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line, "\"(?:[^\"\\\\]|\\\\.)*\""))
            .Select(match => match.Value.Trim('"'))
            .Where(text => text.Contains(' ', StringComparison.Ordinal));
    }

    private static void AssertPasteable(string text)
    {
        Assert.DoesNotMatch(FullStopAfterCommandOrId, text);
        Assert.False(Regex.IsMatch(text, "<[^>]*>"), text);
    }
}
