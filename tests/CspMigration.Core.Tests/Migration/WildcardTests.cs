using CspMigration.Core.Wording;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Migration;

/// <summary>Names are taken as PowerShell takes them, and a plain name as it stands.</summary>
public sealed class WildcardTests
{
    [Theory]
    [InlineData("Contoso*", "contoso Ltd", true)]
    [InlineData("Contoso*", "The Contoso", false)]
    [InlineData("*soft*", "Microsoft", true)]
    [InlineData("Bas?c", "BASIC", true)]
    [InlineData("Bas?c", "Basiic", false)]
    [InlineData("AX [TD]*", "AX Task", true)]
    [InlineData("AX [TD]*", "AX Enterprise", false)]
    [InlineData("Tier [1-3]", "Tier 2", true)]
    [InlineData("Tier [1-3]", "Tier 4", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("a[*]c", "a*c", true)]
    [InlineData("a[*]c", "abc", false)]
    [InlineData("Fabrikam [old]", "Fabrikam [old]", true)]
    [InlineData("Fabrikam [old", "fabrikam [OLD", true)]
    [InlineData("[z-a]", "[z-a]", true)]
    [InlineData("[z-a]", "b", false)]
    public void It_matches_what_it_should(string pattern, string name, bool matches)
    {
        Assert.Equal(matches, new Wildcard(pattern).Matches(name));
    }

    [Theory]
    [InlineData("Contoso", false, "Contoso")]
    [InlineData("Contoso*", true, "Contoso")]
    [InlineData("Con?oso", true, "Con")]
    [InlineData("AX [TD]*", true, "AX ")]
    [InlineData("Fabrikam [old", false, "Fabrikam [old")]
    public void It_knows_whether_it_is_a_pattern_and_how_that_begins(string pattern, bool isPattern, string prefix)
    {
        var wildcard = new Wildcard(pattern);

        Assert.Equal((isPattern, prefix), (wildcard.IsPattern, wildcard.Prefix));
    }

    [Fact]
    public void Every_name_matches_itself_and_the_pattern_that_begins_like_it()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text => new Wildcard(text.Get).Matches(text.Get) && new Wildcard("*").Matches(text.Get)).QuickCheckThrowOnFailure();
    }
}
