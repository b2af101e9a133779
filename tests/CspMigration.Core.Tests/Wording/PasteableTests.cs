using CspMigration.PowerShell.Wording;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

public sealed class PasteableTests
{
    [Theory]
    [InlineData("Dynamics 365 Plan", "'Dynamics 365 Plan'")]
    [InlineData("Fabrikam's", "'Fabrikam''s'")]
    [InlineData("typographic \u2018\u2019\u201A\u201B", "'typographic \u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B'")]
    [InlineData("$(Get-Date) `\"", "'$(Get-Date) `\"'")]
    [InlineData("", "''")]
    public void A_value_is_one_argument_whatever_is_in_it(string value, string expected)
    {
        Assert.Equal(expected, Pasteable.Quote(value));
    }

    [Fact]
    public void Each_value_comes_with_its_parameter_and_nothing_after_the_last()
    {
        Assert.Equal("-Target 'One'; -Target 'Another'", Pasteable.Each("Target", ["One", "Another"]));
    }
}
