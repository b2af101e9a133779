using System;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 17: partner and customer in the same country or region, checked before anything is bought.</summary>
public sealed class Rule17CountryTests
{
    [Fact]
    public async Task Another_country_is_refused_before_anything_is_bought()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync("Customer in another country");

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal((ReadinessVerdict.Blocked, "CountryMismatch"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("CountryMismatch", error.ErrorId);
        Assert.Contains("US", error.Message, StringComparison.Ordinal);
        Assert.Contains("CA", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Without_a_source_too()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(
            run.Customer("Customer in another country").Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1 }));

        Assert.Equal("CountryMismatch", error.ErrorId);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("DE", "DE", "Pass")]
    [InlineData("DE", "FR", "Pass")]
    [InlineData("IE", "GB", "Pass")]
    [InlineData("DE", "US", "Fail")]
    [InlineData("US", "DE", "Fail")]
    [InlineData("AU", "NZ", "Unknown")]
    public async Task One_region_is_enough_and_two_are_not(string partner, string customer, string result)
    {
        using var run = await SandboxRun.StartAsync("contoso", inner => In(inner, partner, customer));

        var readiness = await run.CheckAsync(Assert.Single(await run.FindAsync()));

        var country = readiness.Checks.Single(check => check.Rule == "Country");
        Assert.Equal((result, result == "Pass" ? null : "CountryMismatch"), (country.Result.ToString(), country.ErrorId));
        Assert.Equal(result == "Fail" ? ReadinessVerdict.Blocked : ReadinessVerdict.Ready, readiness.Verdict);
    }

    [Fact]
    public async Task The_customer_s_country_is_the_one_the_catalogue_is_asked_for()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = In(inner, "DE", "AT"));

        var planned = await run.BuyOneAsync(Assert.Single(await run.FindAsync()), planOnly: true);

        Assert.Equal("AT", planned.Source!.Country);
        Assert.Contains("country=AT", recorder!.Queries.Where(query => query.StartsWith("/v1/offers", StringComparison.Ordinal)).Single(), StringComparison.Ordinal);
    }

    private static RequestRecorder In(HttpMessageHandler inner, string partner, string customer) => new(inner, (path, text) =>
        path.StartsWith("/v1/profiles/legalbusiness", StringComparison.Ordinal) ? Replace(text, partner)
        : Regex.IsMatch(path, "^/v1/customers/[^/]+$") ? Replace(text, customer)
        : text);

    private static string Replace(string text, string country) => Regex.Replace(text, "\"country\": *\"US\"", $"\"country\":\"{country}\"", RegexOptions.IgnoreCase);
}
