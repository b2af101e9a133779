using System.Linq;
using CspMigration.Core.Tests.Support;
using CspMigration.PartnerCenter.Http;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Http;

public sealed class ServiceErrorTests
{
    [Theory]
    [InlineData("""{"code":60012,"description":"No free license.","source":"PartnerFD"}""", "60012", "No free license.")]
    [InlineData("""{"code":"60012","description":"No free license."}""", "60012", "No free license.")]
    [InlineData("""{"Code":60012,"Description":"No free license."}""", "60012", "No free license.")]
    [InlineData("\uFEFF{\"code\":2002,\"description\":\"Too many.\"}", "2002", "Too many.")]
    [InlineData("""{"code":0,"description":"Generic."}""", "0", "Generic.")]
    [InlineData("""{"code":2002,"description":"Too many.","data":["1","25"]}""", "2002", "Too many. 1 25")]
    [InlineData("""{"code":2002,"data":["1","25"]}""", "2002", "1 25")]
    [InlineData("""{"code":2002,"description":"Too many.","data":[{"a":1}]}""", "2002", "Too many.")]
    [InlineData("""{"code":2002,"description":"Too many.","data":[]}""", "2002", "Too many.")]
    [InlineData("""{"code":null,"description":null}""", null, null)]
    [InlineData("""{"code":{},"description":["x"]}""", null, null)]
    public void The_services_own_shape_is_read(string body, string? code, string? description)
    {
        AssertReads(body, code, description);
    }

    [Theory]
    [InlineData("""{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}""", null, "Rate limit is exceeded. Try again in 57 seconds.")]
    [InlineData("""{"error":{"code":"Forbidden","message":"Not yours."}}""", "Forbidden", "Not yours.")]
    [InlineData("""{"errorCode":"900421","errorDescription":"MFA needed."}""", "900421", "MFA needed.")]
    public void The_shapes_of_gateways_are_read(string body, string? code, string? description)
    {
        AssertReads(body, code, description);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("  \r\n ", null)]
    [InlineData("{}", null)]
    [InlineData("<html><body>Bad Gateway</body></html>", null)]
    [InlineData("\uFEFF\r\n<!DOCTYPE html><html></html>", null)]
    [InlineData("Service\r\nUnavailable\t.", "Service Unavailable .")]
    [InlineData("\"upstream connect error\"", "\"upstream connect error\"")]
    [InlineData("[1,2]", "[1,2]")]
    [InlineData("{\"code\":60012,\"descr", "{\"code\":60012,\"descr")]
    public void What_has_no_known_shape_gives_no_code_and_only_readable_words(string body, string? description)
    {
        AssertReads(body, code: null, description);
    }

    [Fact]
    public void Words_are_shortened()
    {
        var words = ServiceError.Read($$"""{"code":1,"description":"{{new string('x', 5000)}}"}""").Description;

        Assert.Equal(new string('x', 1024) + "…", words);
    }

    [Fact]
    public void Reading_never_fails_whatever_came()
    {
        const string Body = """{"code":60012,"description":"No free license.","data":["a",{"b":[1.5,null]}],"error":{"message":"x"},"source":"PartnerFD"}""";

        Always.Holds(JsonTexts.Damaged(Gen.Constant(Body)), body => Assert.NotNull(ServiceError.Read(body)), times: 1000);
        Assert.NotNull(ServiceError.Read(string.Concat(Enumerable.Repeat("{\"error\":", 100_000))));
    }

    private static void AssertReads(string body, string? code, string? description)
    {
        var error = ServiceError.Read(body);

        Assert.Equal(code, error.Code);
        Assert.Equal(description, error.Description);
    }

    [Theory]
    [InlineData("""{"code":60012,"data":["LicenseQuotaExceededException : Subscription with Account a and SKU s has none."]}""", "LicenseQuotaExceeded")]
    [InlineData("""{"code":0,"data":["InvalidUsageLocation : User u has no usage location.","Other: b"]}""", "InvalidUsageLocation,Other")]
    [InlineData("""{"code":0,"data":["Microsoft.Online.Administration.InvalidOperationOnGroupInheritedLicenseException"]}""", "InvalidOperationOnGroupInheritedLicense")]
    [InlineData("""{"code":0,"data":["Any words: without a name","7 : a",""]}""", "")]
    [InlineData("""{"code":0,"data":[]}""", "")]
    [InlineData("""{"code":0,"description":"InvalidUsageLocation : words alone"}""", "")]
    public void The_names_that_data_begin_with_are_reasons(string body, string reasons) =>
        Assert.Equal(reasons, string.Join(",", ServiceError.Read(body).Reasons));
}
