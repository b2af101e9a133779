using System.Linq;
using CspMigration.Core.Wording;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

/// <summary>Several things in a sentence.</summary>
public sealed class EnumerationTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(5, "1, 2, 3, 4, 5")]
    [InlineData(6, "1, 2, 3, 4, 5 and 1 other")]
    [InlineData(17, "1, 2, 3, 4, 5 and 12 others")]
    public void Five_are_named_and_the_others_counted(int count, string text)
    {
        Assert.Equal(text, Enumeration.OfSome(Enumerable.Range(1, count).Select(number => $"{number}")));
    }

    [Theory]
    [InlineData(0, "0 seats")]
    [InlineData(1, "1 seat")]
    [InlineData(2, "2 seats")]
    public void One_of_something_is_no_plural(int count, string text)
    {
        Assert.Equal(text, Enumeration.Count(count, "seat"));
    }
}
