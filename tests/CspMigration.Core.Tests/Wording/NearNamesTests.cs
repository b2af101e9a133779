using System.Linq;
using CspMigration.Core.Wording;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

/// <summary>Names that are nearly what someone typed.</summary>
public sealed class NearNamesTests
{
    private static readonly string?[] Known = ["Contoso", "Contoso Iberia", "Fabrikam", "Adventure Works", "Northwind Traders", "FABRIKAM", null];

    [Theory]
    [InlineData("Contso", "Contoso")]
    [InlineData("Cnotoso", "Contoso")]
    [InlineData("fabricam", "Fabrikam")]
    [InlineData("Northwnd Tradesr", "Northwind Traders")]
    [InlineData("Iberia", "Contoso Iberia")]
    [InlineData("conto", "Contoso", "Contoso Iberia")]
    [InlineData("Works", "Adventure Works")]
    [InlineData("rks")]
    [InlineData("Litware")]
    [InlineData("")]
    public void One_letter_of_five_may_be_wrong_or_the_name_be_longer(string typed, params string[] near)
    {
        Assert.Equal(near, NearNames.Find(typed, Known));
    }

    [Fact]
    public void The_nearest_three_come_first_to_last()
    {
        Assert.Equal(["abcdefghij1", "abcdefghi12", "abcdefghi13"], NearNames.Find("abcdefghij", ["abcdefghi13", "abcdefghi14", "abcdefghij1", "abcdefghi12", "abcdefgh123"]));
    }

    [Fact]
    public void The_question_names_them_and_is_nothing_where_there_is_none()
    {
        Assert.Equal(" Did you mean \"Contoso\" or \"Contoso Iberia\"?", NearNames.Question("conto", Known));
        Assert.Equal("", NearNames.Question("Litware", Known));
    }

    [Fact]
    public void A_name_with_one_letter_left_out_put_in_or_exchanged_is_found()
    {
        var spoilt = from name in Gen.Elements("acehtmrs".ToCharArray()).ArrayOf().Select(letters => "Contoso" + new string(letters))
                     from place in Gen.Choose(0, name.Length - 2)
                     from typed in Gen.Elements(
                         name.Remove(place, 1), name.Insert(place, "x"), name.Remove(place, 2).Insert(place, $"{name[place + 1]}{name[place]}"))
                     select (name, typed);

        Check.QuickThrowOnFailure(Prop.ForAll(spoilt.ToArbitrary(), pair => NearNames.Find(pair.typed, ["Fabrikam", pair.name]).Single() == pair.name));
    }
}
