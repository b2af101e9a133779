using CspMigration.Contracts;
using CspMigration.Core.Users;
using Xunit;

namespace CspMigration.Core.Tests.Migration;

/// <summary>What a refused license update means: by the service's code, then by the reason in its data, by its words only where it sends nothing else.</summary>
public sealed class LicenseRefusalTests
{
    [Theory]
    [InlineData("60012", 400, null, "Any words.", UserMoveOutcome.NoFreeSeat)]
    [InlineData("60002", 404, null, "Any words.", UserMoveOutcome.UserDeleted)]
    [InlineData("0", 400, "LicenseQuotaExceeded", "Any words.", UserMoveOutcome.NoFreeSeat)]
    [InlineData("0", 400, "InvalidUsageLocation", "Any words.", UserMoveOutcome.NoUsageLocation)]
    [InlineData("0", 400, "GroupBasedLicense", "Any words.", UserMoveOutcome.GroupHeld)]
    [InlineData("0", 400, "InvalidOperationOnGroupInheritedLicense", "Any words.", UserMoveOutcome.GroupHeld)]
    [InlineData("0", 400, "MutuallyExclusiveServicePlans", "Any words.", UserMoveOutcome.ConflictingPlans)]
    [InlineData("0", 400, "MutuallyExclusiveServicePlans", "It is inherited from a group membership.", UserMoveOutcome.ConflictingPlans)]
    [InlineData("60012", 400, "GroupBasedLicense", "Any words.", UserMoveOutcome.NoFreeSeat)]
    public void Code_and_reason_decide_before_words(string code, int status, string? reason, string words, UserMoveOutcome outcome) =>
        Assert.Equal(outcome, LicenseRefusal.Read(Refusal(code, status, reason, words)).Outcome);

    [Theory]
    [InlineData("License assignment cannot be done for user with invalid usage location.", UserMoveOutcome.NoUsageLocation)]
    [InlineData("User license is inherited from a group membership and it cannot be removed directly from the user.", UserMoveOutcome.GroupHeld)]
    [InlineData("The license assignment failed because of conflicting service plans.", UserMoveOutcome.ConflictingPlans)]
    public void Where_the_service_sends_words_alone_they_decide(string words, UserMoveOutcome outcome) =>
        Assert.Equal(outcome, LicenseRefusal.Read(Refusal("0", 400, reason: null, words)).Outcome);

    [Theory]
    [InlineData("All SKUs of one update must be of the same license group.")]
    [InlineData("The update conflicts with another one. Try again.")]
    [InlineData("User group@contoso.com cannot be changed.")]
    public void A_word_that_happens_to_be_in_a_refusal_decides_nothing(string words) =>
        Assert.Equal(UserMoveOutcome.Failed, LicenseRefusal.Read(Refusal("0", 400, reason: null, words)).Outcome);

    private static CspMigrationException Refusal(string code, int status, string? reason, string words)
    {
        return new CspMigrationException("UnexpectedAnswer", words, Remedy.ForError("UnexpectedAnswer"))
        {
            ServiceCode = code,
            StatusCode = status,
            ServiceDescription = words,
            ServiceReasons = reason is null ? [] : [reason],
        };
    }
}
