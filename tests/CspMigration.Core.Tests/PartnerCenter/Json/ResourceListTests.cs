using System.Linq;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Json;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Json;

public sealed class ResourceListTests
{
    [Theory]
    [InlineData("{\"totalCount\":2,\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"attributes\":{\"objectType\":\"Collection\"}}")]
    [InlineData("{\"Items\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")]
    [InlineData("{\"totalCount\":200,\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}]}")]
    [InlineData("[{\"id\":\"a\"},{\"id\":\"b\"}]")]
    [InlineData("[{\"id\":\"a\"},null,{\"id\":\"b\"}]")]
    public void An_envelope_and_a_bare_list_are_read_alike(string json)
    {
        var items = ResourceList.Read(ServiceJson.Parse(json), "a thing");

        Assert.Equal(["a", "b"], items.Select(item => item.RequiredText("id")));
    }

    [Theory]
    [InlineData("{\"items\":[]}")]
    [InlineData("[]")]
    public void An_empty_list_has_no_items(string json)
    {
        Assert.Empty(ResourceList.Read(ServiceJson.Parse(json), "a thing"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"items\":null}")]
    [InlineData("{\"items\":{}}")]
    [InlineData("\"none\"")]
    [InlineData("null")]
    public void What_is_no_list_is_an_unexpected_answer(string json)
    {
        var e = Assert.Throws<CspMigrationException>(() => ResourceList.Read(ServiceJson.Parse(json), "a thing"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Contains("a list of a thing", e.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void No_body_at_all_is_an_unexpected_answer()
    {
        Assert.Equal("UnexpectedAnswer", Assert.Throws<CspMigrationException>(() => ResourceList.Read(null, "a thing")).ErrorId);
    }
}
