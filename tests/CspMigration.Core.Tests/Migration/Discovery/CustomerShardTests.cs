using System;
using System.Linq;
using CspMigration.Core.Discovery;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.Migration.Discovery;

public sealed class CustomerShardTests
{
    [Fact]
    public void Every_customer_is_in_one_part_whatever_the_case_of_its_id()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<byte>(), (id, more) =>
        {
            var count = more + 1;
            var shards = Enumerable.Range(1, count).Select(number => CustomerShard.Parse($"{number}/{count}")).ToList();
            var mine = Assert.Single(shards, shard => shard.Contains(id.ToString()));
            Assert.True(mine.Contains(id.ToString().ToUpperInvariant()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_parts_stay_what_they_are_from_release_to_release()
    {
        // Reckoned by hand from the definition of FNV-1a, 64 bits: the upper half of the hash, modulo 8.
        Assert.True(CustomerShard.Parse(ExpectedShardOf("E7EBE5FF-1C4B-48EB-AEA2-EC2253BF4C7A")).Contains("e7ebe5ff-1c4b-48eb-aea2-ec2253bf4c7a"));
    }

    [Fact]
    public void Many_customers_are_spread_evenly()
    {
        var random = new Random(42);
        var bytes = new byte[16];
        var ids = Enumerable.Range(0, 8000).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        }).ToList();

        Assert.All(Enumerable.Range(1, 8), number => Assert.InRange(ids.Count(CustomerShard.Parse($"{number}/8").Contains), 850, 1150));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("-1/8")]
    [InlineData("3/8/9")]
    [InlineData("a/b")]
    [InlineData("3/99999999999")]
    public void Anything_else_is_refused_with_what_is_wanted(string text)
    {
        Assert.Contains("such as 3/8", Assert.Throws<FormatException>(() => CustomerShard.Parse(text)).Message, StringComparison.Ordinal);
    }

    // With numbers of any size and a remainder, where the code relies on what does not fit being dropped.
    private static string ExpectedShardOf(string id)
    {
        var modulus = System.Numerics.BigInteger.Pow(2, 64);
        var hash = System.Numerics.BigInteger.Parse("14695981039346656037", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var character in id)
        {
            hash = (hash ^ character) * 1099511628211 % modulus;
        }

        return $"{(hash / System.Numerics.BigInteger.Pow(2, 32) % 8) + 1}/8";
    }
}
