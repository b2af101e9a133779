using CspMigration.Core.Catalog;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

/// <summary>Products as admins type them.</summary>
public sealed class ProductPatternTests
{
    private const string Enterprise = "Dynamics CRM Online Enterprise";

    [Theory]
    [InlineData("Dynamics CRM Online Enterprise", true)]
    [InlineData("dynamics crm online enterprise", true)]
    [InlineData("Microsoft Dynamics CRM Online Enterprise", true)]
    [InlineData("CRM Online Enterprise", true)]
    [InlineData("CRM Online*", true)]
    [InlineData("Microsoft Dynamics CRM*", true)]
    [InlineData("crm*", true)]
    [InlineData("*Enterprise", true)]
    [InlineData(" CRM* ", true)]
    [InlineData("CRM Online", false)]
    [InlineData("RM Online*", false)]
    [InlineData("Online CRM*", false)]
    [InlineData("Dynamics AX*", false)]
    [InlineData("Microsoft ", false)]
    public void A_name_may_lack_its_first_words_and_have_the_maker_before_it(string pattern, bool matches)
    {
        Assert.Equal(matches, new ProductPattern(pattern).MatchesAny([Enterprise]));
    }

    [Fact]
    public void What_is_not_known_matches_nothing()
    {
        Assert.False(new ProductPattern("*").MatchesAny([null]));
        Assert.True(new ProductPattern("CRMPLAN2").MatchesAny([null, "Dynamics CRM Online Basic", "CRMPLAN2"]));
    }

    [Fact]
    public void Every_end_of_a_name_that_begins_with_a_word_finds_it()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyArray<NonNegativeInt>>(),
            numbers =>
            {
                var words = System.Array.ConvertAll(numbers.Get, number => $"w{number.Get}");
                for (var start = 0; start < words.Length; start++)
                {
                    if (!new ProductPattern(string.Join(" ", words[start..])).MatchesAny([string.Join(" ", words)]))
                    {
                        return false;
                    }
                }

                return true;
            }).QuickCheckThrowOnFailure();
    }
}
