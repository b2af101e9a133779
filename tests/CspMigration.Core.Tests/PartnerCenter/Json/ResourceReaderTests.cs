using System;
using System.Globalization;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Json;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Json;

public sealed class ResourceReaderTests
{
    private static ResourceReader Reader(string json) => new(ServiceJson.Parse(json), "a thing");

    [Theory]
    [InlineData("null", "nothing")]
    [InlineData("[]", "a list")]
    [InlineData("\"words\"", "the text \"words\"")]
    [InlineData("12", "the value 12")]
    [InlineData("true", "the value True")]
    public void What_is_no_object_is_an_unexpected_answer_that_says_what_came(string json, string what)
    {
        var e = Assert.Throws<CspMigrationException>(() => Reader(json));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Equal($"The service sent {what} where a thing was expected.", e.Problem);
    }

    [Fact]
    public void No_body_at_all_is_an_unexpected_answer()
    {
        var e = Assert.Throws<CspMigrationException>(() => new ResourceReader(null, "a thing"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Contains("nothing", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\":\"Contoso\"}", "Contoso")]
    [InlineData("{\"NAME\":\" Contoso \"}", "Contoso")]
    [InlineData("{\"name\":12}", "12")]
    [InlineData("{\"name\":1.50}", "1.50")]
    [InlineData("{\"name\":123456789012345678901234567890}", "123456789012345678901234567890")]
    [InlineData("{\"name\":true}", "True")]
    [InlineData("{\"name\":\"\"}", null)]
    [InlineData("{\"name\":\"  \"}", null)]
    [InlineData("{\"name\":null}", null)]
    [InlineData("{\"name\":{}}", null)]
    [InlineData("{\"name\":[\"Contoso\"]}", null)]
    [InlineData("{}", null)]
    public void Text_is_read_from_any_scalar_and_empty_text_is_missing(string json, string? expected)
    {
        Assert.Equal(expected, Reader(json).Text("name"));
    }

    [Theory]
    [InlineData("{\"quantity\":25}", 25)]
    [InlineData("{\"Quantity\":\"25\"}", 25)]
    [InlineData("{\"quantity\":\" -3 \"}", -3)]
    [InlineData("{\"quantity\":25.0}", 25)]
    [InlineData("{\"quantity\":2.5e1}", 25)]
    [InlineData("{\"quantity\":2147483647}", int.MaxValue)]
    [InlineData("{\"quantity\":-2147483648}", int.MinValue)]
    [InlineData("{\"quantity\":\"\"}", null)]
    [InlineData("{\"quantity\":null}", null)]
    [InlineData("{}", null)]
    public void A_whole_number_is_read_also_from_text(string json, int? expected)
    {
        Assert.Equal(expected, Reader(json).Number("quantity"));
    }

    [Theory]
    [InlineData("25.5", "the value 25.5")]
    [InlineData("2147483648", "the value 2147483648")]
    [InlineData("-2147483649", "the value -2147483649")]
    [InlineData("123456789012345678901234567890", "a number that is too large")]
    [InlineData("\"many\"", "the text \"many\"")]
    [InlineData("\"1,000\"", "the text \"1,000\"")]
    [InlineData("true", "the value True")]
    [InlineData("{}", "an object")]
    [InlineData("[25]", "a list")]
    public void What_is_no_whole_number_is_an_unexpected_answer_naming_member_and_resource(string value, string what)
    {
        var e = Assert.Throws<CspMigrationException>(() => Reader($"{{\"quantity\":{value}}}").Number("quantity"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Equal($"The service sent {what} as \"quantity\" of a thing, where a whole number was expected.", e.Problem);
    }

    [Fact]
    public void Long_text_is_not_repeated_whole_in_a_message()
    {
        var e = Assert.Throws<CspMigrationException>(() => Reader($"{{\"quantity\":\"{new string('x', 500)}\"}}").Number("quantity"));

        Assert.Contains(new string('x', 40) + "…", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 41), e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":\"\"}")]
    public void A_needed_member_that_is_missing_is_an_unexpected_answer_naming_it(string json)
    {
        var e = Assert.Throws<CspMigrationException>(() => Reader(json).RequiredText("id"));

        Assert.Equal("UnexpectedAnswer", e.ErrorId);
        Assert.Equal("The service sent a thing without \"id\".", e.Problem);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("\"false\"", false)]
    [InlineData("\"yes\"", false)]
    [InlineData("0", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public void A_flag_is_false_unless_the_service_says_true(string value, bool expected)
    {
        Assert.Equal(expected, Reader($"{{\"isTrial\":{value}}}").Flag("isTrial"));
        Assert.False(Reader("{}").Flag("isTrial"));
    }

    [Theory]
    [InlineData("2022-01-13T00:00:00Z", "2022-01-13T00:00:00.0000000Z")]
    [InlineData("2022-01-13T10:20:30", "2022-01-13T10:20:30.0000000Z")]
    [InlineData("2022-01-13T10:20:30.1Z", "2022-01-13T10:20:30.1000000Z")]
    [InlineData("2022-01-13T10:20:30.12Z", "2022-01-13T10:20:30.1200000Z")]
    [InlineData("2022-01-13T10:20:30.123Z", "2022-01-13T10:20:30.1230000Z")]
    [InlineData("2022-01-13T10:20:30.1234Z", "2022-01-13T10:20:30.1234000Z")]
    [InlineData("2022-01-13T10:20:30.12345Z", "2022-01-13T10:20:30.1234500Z")]
    [InlineData("2022-01-13T10:20:30.123456Z", "2022-01-13T10:20:30.1234560Z")]
    [InlineData("2022-01-13T10:20:30.1234567Z", "2022-01-13T10:20:30.1234567Z")]
    [InlineData("2022-01-13T10:20:30.1234567", "2022-01-13T10:20:30.1234567Z")]
    [InlineData("2022-01-13T01:20:30+02:00", "2022-01-12T23:20:30.0000000Z")]
    [InlineData("2022-01-13T23:20:30.12-08:00", "2022-01-14T07:20:30.1200000Z")]
    [InlineData("2022-01-13", "2022-01-13T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2015-11-25T06: 41: 12Z", "2015-11-25T06:41:12.0000000Z")]
    public void A_date_is_UTC_unless_it_says_otherwise(string text, string expected)
    {
        var date = Reader($"{{\"date\":\"{text}\"}}").Date("date");

        Assert.Equal(expected, date?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, date?.Offset);
    }

    [Theory]
    [InlineData("\"0001-01-01T00:00:00\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+05:00\"")]
    [InlineData("\"9999-12-31T23:59:59-08:00\"")]
    [InlineData("\"2022-13-01T00:00:00Z\"")]
    [InlineData("\"2022-02-30\"")]
    [InlineData("\"soon\"")]
    [InlineData("\"10:30\"")]
    [InlineData("\"5/6\"")]
    [InlineData("\"May 2022\"")]
    [InlineData("2022.5")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[\"2022-01-13\"]")]
    public void What_is_no_date_and_the_year_1_are_missing(string value)
    {
        Assert.Null(Reader($"{{\"date\":{value}}}").Date("date"));
        Assert.Null(Reader("{}").Date("date"));
    }

    [Fact]
    public void A_date_is_the_same_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal(2022, Reader("{\"date\":\"2022-01-13T00:00:00Z\"}").Date("date")?.Year);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_inner_resource_is_named_after_its_member()
    {
        var inner = Reader("{\"Billing\":{\"name\":\"x\"}}").Resource("billing");

        var e = Assert.Throws<CspMigrationException>(() => inner!.RequiredText("id"));
        Assert.Equal("The service sent \"billing\" of a thing without \"id\".", e.Problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"billing\":null}")]
    [InlineData("{\"billing\":\"none\"}")]
    [InlineData("{\"billing\":[{}]}")]
    public void An_inner_resource_that_is_no_object_is_missing(string json)
    {
        Assert.Null(Reader(json).Resource("billing"));
    }

    [Theory]
    [InlineData("{\"plans\":[{\"id\":\"a\"},{\"id\":\"b\"}]}", "a b")]
    [InlineData("{\"plans\":[null,{\"id\":\"a\"},\"x\",7]}", "a")]
    [InlineData("{\"plans\":{\"id\":\"a\"}}", "a")]
    [InlineData("{\"plans\":[]}", "")]
    [InlineData("{\"plans\":null}", "")]
    [InlineData("{\"plans\":\"a\"}", "")]
    [InlineData("{}", "")]
    public void The_objects_of_a_list_are_read_and_a_single_one_counts_as_a_list(string json, string ids)
    {
        var read = string.Join(' ', System.Linq.Enumerable.Select(Reader(json).Resources("plans"), plan => plan.RequiredText("id")));

        Assert.Equal(ids, read);
    }

    [Theory]
    [InlineData("{\"cycles\":[\"annual\",\"monthly\"]}", "annual monthly")]
    [InlineData("{\"cycles\":[\"annual\",null,\"\",{},3]}", "annual 3")]
    [InlineData("{\"cycles\":\"annual\"}", "")]
    [InlineData("{}", "")]
    public void The_texts_of_a_list_are_read_without_what_is_no_text(string json, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Reader(json).Texts("cycles")));
    }
}
