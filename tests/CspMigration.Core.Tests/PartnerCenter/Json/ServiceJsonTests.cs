using System.IO;
using System.Linq;
using System.Text;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Json;

public sealed class ServiceJsonTests
{
    [Theory]
    [InlineData("{\"id\":1}")]
    [InlineData("\uFEFF{\"id\":1}")]
    [InlineData("\r\n {\"id\":1}\r\n")]
    public void A_value_is_read_with_or_without_byte_order_mark_and_space_around(string text)
    {
        Assert.Equal(1, (int?)Token(text)["id"]);
    }

    [Fact]
    public void A_byte_order_mark_in_the_bytes_is_passed_over()
    {
        using var reader = new StreamReader(new MemoryStream([0xEF, 0xBB, 0xBF, .. "[]"u8]), Encoding.UTF8);

        Assert.IsType<JArray>(ServiceJson.Parse(reader));
    }

    [Theory]
    [InlineData("2027-01-15T00:00:00Z")]
    [InlineData("2027-01-15T00:00:00.1234567+02:00")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("/Date(1198908717056)/")]
    public void What_looks_like_a_date_stays_the_text_it_was(string text)
    {
        Assert.Equal(text, Assert.IsType<JValue>(ServiceJson.Parse($"\"{text}\"")).Value);
    }

    [Theory]
    [InlineData("10.50")]
    [InlineData("0.1")]
    [InlineData("1234567890.12345678")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("9223372036854775807")]
    [InlineData("-7")]
    public void Numbers_are_written_back_digit_by_digit(string number)
    {
        Assert.Equal($"[{number}]", Token($"[{number}]").ToString(Formatting.None));
    }

    [Fact]
    public void A_number_with_an_exponent_keeps_its_value()
    {
        Assert.Equal(2500m, (decimal?)Token("[2.5e3]")[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{\"id\":1")]
    [InlineData("{\"id\":")]
    [InlineData("[1,2")]
    [InlineData("\"text")]
    [InlineData("{\"id\" 1}")]
    [InlineData("{} {}")]
    [InlineData("{} x")]
    [InlineData("{} /* c */ {}")]
    [InlineData("<html></html>")]
    [InlineData("Service Unavailable")]
    [InlineData("{\"price\":1e999}")]
    public void What_is_not_exactly_one_JSON_value_is_refused(string text)
    {
        _ = Assert.ThrowsAny<JsonException>(() => ServiceJson.Parse(text));
    }

    [Fact]
    public void Nesting_up_to_64_levels_is_read_and_more_is_refused()
    {
        Assert.Equal(64, Depth(ServiceJson.Parse(Nested(64))));
        _ = Assert.ThrowsAny<JsonException>(() => ServiceJson.Parse(Nested(65)));
        _ = Assert.ThrowsAny<JsonException>(() => ServiceJson.Parse(Nested(100_000)));

        static string Nested(int levels) => new string('[', levels) + new string(']', levels);

        static int Depth(JToken? value) => value is JArray list ? 1 + (list.Count == 0 ? 0 : list.Max(Depth)) : 0;
    }

    [Fact]
    public void Of_a_member_sent_twice_the_last_counts()
    {
        Assert.Equal("second", (string?)Find("{\"id\":\"first\",\"id\":\"second\"}", "id"));
    }

    [Theory]
    [InlineData("{\"quantity\":5}")]
    [InlineData("{\"Quantity\":5}")]
    [InlineData("{\"QUANTITY\":5}")]
    public void A_member_is_found_whatever_its_casing(string text)
    {
        Assert.Equal(5, (int?)Find(text, "quantity"));
    }

    [Fact]
    public void The_exact_name_is_preferred_to_one_in_another_casing()
    {
        Assert.Equal(2, (int?)Find("{\"Quantity\":1,\"quantity\":2}", "quantity"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"quantity\":null}")]
    public void A_member_that_is_missing_or_null_is_not_found(string text)
    {
        Assert.Null(Find(text, "quantity"));
    }

    [Fact]
    public void A_member_is_set_under_the_name_and_at_the_place_the_service_gave_it()
    {
        var json = (JObject)Token("{\"Id\":\"1\",\"Status\":\"active\",\"Quantity\":5}");

        ServiceJson.Set(json, "status", "suspended");

        Assert.Equal("{\"Id\":\"1\",\"Status\":\"suspended\",\"Quantity\":5}", json.ToString(Formatting.None));
    }

    [Fact]
    public void A_member_the_service_did_not_send_is_added()
    {
        var json = (JObject)Token("{\"id\":\"1\"}");

        ServiceJson.Set(json, "status", "suspended");

        Assert.Equal("{\"id\":\"1\",\"status\":\"suspended\"}", json.ToString(Formatting.None));
    }

    [Fact]
    public void What_was_read_is_sent_back_as_it_was()
    {
        const string Text = "{\"Id\":\"1\",\"price\":10.50,\"none\":null,\"is\":true,\"list\":[1,{\"x\":[]},\"2027-01-15T00:00:00Z\"],\"big\":123456789012345678901234567890}";

        Assert.Equal(Text, Token(Text).ToString(Formatting.None));
    }

    private static JToken? Find(string text, string name) => ServiceJson.Find((JObject)Token(text), name);

    private static JToken Token(string text) => ServiceJson.Parse(text)!;
}
