using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Core.Errors;
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
    public void What_keeps_an_old_subscription_active_is_mended_by_what_can_be_pasted()
    {
        var errors = _run.Errors.Concat(_run.ErrorsOfThePlan).Where(error => error.ErrorId is "HoldersRemain" or "AddOnStillActive").ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, error => AssertPasteable(error.RecommendedAction));
    }

    [Theory]
    [InlineData("Run with -Confirm:$false.")]
    [InlineData("Suspend-Subscription -SubscriptionId d4d75a72-2bb2-49d5-8c58-c9248d820ee5.")]
    [InlineData("Use Set-Subscription. Then go on.")]
    public void A_full_stop_after_a_command_or_an_id_is_seen(string text)
    {
        Assert.Matches(FullStopAfterCommandOrId, text);
    }

    private static void AssertPasteable(string text)
    {
        Assert.DoesNotMatch(FullStopAfterCommandOrId, text);
        Assert.False(Regex.IsMatch(text, "<[^>]*>"), text);
    }
}
