using System.Linq;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class RequestIdsTests
{
    [Fact]
    public async Task No_two_calls_have_one_id_whoever_asks_at_once()
    {
        var takers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => RequestIds.Next()).ToList()));

        var ids = (await Task.WhenAll(takers)).SelectMany(taken => taken).ToList();

        Assert.Equal(4000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id.ToString()[14] == '4'));
    }
}
