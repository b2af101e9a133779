using CspMigration.Core.Users;
using Xunit;

namespace CspMigration.Core.Tests.Migration;

/// <summary>What counts as a country where a user is located.</summary>
public sealed class CountryCodesTests
{
    [Theory]
    [InlineData("US")]
    [InlineData("de")]
    [InlineData("AD")]
    [InlineData("ZW")]
    [InlineData("EH")]
    [InlineData("XK")]
    public void A_country_is_known_in_any_case(string code) => Assert.True(CountryCodes.IsKnown(code));

    [Theory]
    [InlineData("XX")]
    [InlineData("ZZ")]
    [InlineData("EU")]
    [InlineData("UK")]
    [InlineData("CS")]
    [InlineData("")]
    [InlineData("U")]
    [InlineData("D ")]
    [InlineData("AD AE")]
    public void Anything_else_is_not(string code) => Assert.False(CountryCodes.IsKnown(code));

    [Theory]
    [InlineData("UK", "GB")]
    [InlineData("el", "GR")]
    [InlineData("XX", null)]
    public void What_a_reserved_code_stands_for_is_told(string code, string? meant)
    {
        Assert.Equal(meant, CountryCodes.Meant(code));
        Assert.True(meant is null || CountryCodes.IsKnown(meant));
    }
}
