using System;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Authentication;
using Xunit;

namespace CspMigration.Core.Tests.Authentication;

public sealed class CopiedTextTests
{
    [Theory]
    [InlineData("secret")]
    [InlineData("secret\n")]
    [InlineData("secret\r\n")]
    [InlineData(" \tsecret \u00a0")]
    [InlineData("\ufeffsecret\u200b")]
    public void Line_ends_spaces_and_invisible_marks_around_a_secret_are_taken_off(string copied)
    {
        Assert.Equal("secret", CopiedText.Trim(copied));
        Assert.Equal("secret", SecretText.Read(SecretText.Of(copied)));
    }

    [Fact]
    public void What_is_inside_a_secret_is_its_own()
    {
        Assert.Equal("a \"b\" c", CopiedText.Trim("a \"b\" c"));
        Assert.Equal("", CopiedText.Trim(" \r\n"));
    }

    [Theory]
    [InlineData("ey.J0~-_+/=")]
    [InlineData("ey.J0~-_+/=\r\n")]
    [InlineData("\"ey.J0~-_+/=\"\n")]
    [InlineData("'ey.J0~-_+/='")]
    [InlineData("Bearer ey.J0~-_+/=")]
    [InlineData(" bearer  ey.J0~-_+/= ")]
    [InlineData("\"Bearer ey.J0~-_+/=\"")]
    public void A_token_is_taken_out_of_what_was_copied_with_it(string copied)
    {
        Assert.Equal("ey.J0~-_+/=", CopiedText.AccessToken(copied));
    }

    [Theory]
    [InlineData("ab\nc", "character 3 of 4 is a line end")]
    [InlineData("ab\r\nc", "character 3 of 5 is a line end")]
    [InlineData("a\u0007b", "character 2 of 3 is a control character")]
    [InlineData("a\u2026", "character 2 of 2 is not an ASCII character")]
    public void A_token_that_no_header_can_carry_is_refused_without_being_shown(string copied, string problem)
    {
        var e = Assert.Throws<CspMigrationException>(() => CopiedText.AccessToken(copied));

        Assert.Equal("Unauthorized", e.ErrorId);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(copied, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("\"\"")]
    [InlineData("Bearer \n")]
    public void A_token_with_nothing_in_it_is_refused(string copied)
    {
        Assert.Equal("Unauthorized", Assert.Throws<CspMigrationException>(() => CopiedText.AccessToken(copied)).ErrorId);
    }

    [Theory]
    [InlineData("\u200e0a 1B:2c")]
    [InlineData("0A1B2C\r\n")]
    public void A_thumbprint_is_its_digits(string copied)
    {
        Assert.Equal("0A1B2C", CopiedText.Thumbprint(copied), ignoreCase: true);
    }
}
