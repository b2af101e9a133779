using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 22: before buying it is proved that licenses can be moved; else nothing is bought. Where the kind of sign-in is read from.</summary>
public sealed class Rule22RightsTests
{
    private const string SandboxPartner = "11111111-1111-1111-1111-111111111111";

    [Theory]
    [InlineData("""{"roles":["Whatever"]}""")]
    [InlineData("""{"idtyp":"app"}""")]
    [InlineData("""{"idtyp":"app","roles":[]}""")]
    public async Task An_application_s_own_token_says_so_and_nothing_is_asked_or_bought(string claims)
    {
        using var journal = new TemporaryFile("journal.jsonl");
        RequestRecorder? recorder = null;
        using var run = await StartAsync("contoso", Jwt.Of(claims), journal, inner => recorder = new RequestRecorder(inner));
        var source = Assert.Single(await run.FindAsync());

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal((ReadinessVerdict.Blocked, "AppOnlyToken"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal("AppOnlyToken", error.ErrorId);
        Assert.Equal(0, run.Writes());
        Assert.DoesNotContain(recorder!.All, request => request.Path.Contains("subscribedskus", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"scp":"user_impersonation"}""")]
    [InlineData("""{"scp":"user_impersonation","roles":["Whatever"]}""")]
    [InlineData("""{"upn":"somebody"}""")]
    public async Task A_user_s_token_migrates(string claims)
    {
        using var journal = new TemporaryFile("journal.jsonl");
        using var run = await StartAsync("contoso", Jwt.Of(claims), journal);

        var ended = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
    }

    [Fact]
    public async Task Where_the_token_does_not_say_the_first_read_that_needs_a_user_does()
    {
        using var journal = new TemporaryFile("journal.jsonl");
        using var run = await SandboxRun.StartAsync("contoso", configure: options =>
        {
            Jwt.Use("app-only, and opaque", journal)(options);
            options.TenantId = SandboxPartner;
        });
        var source = Assert.Single(await run.FindAsync());

        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal(("AppOnlyToken", "900329"), (error.ErrorId, error.ServiceCode));
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Where_nobody_names_the_partner_the_connection_is_that_first_read()
    {
        using var journal = new TemporaryFile("journal.jsonl");

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => StartAsync("contoso", "app-only, and opaque", journal));

        Assert.Equal(("AppOnlyToken", "900329"), (error.ErrorId, error.ServiceCode));
    }

    [Fact]
    public async Task An_opaque_token_with_a_user_migrates()
    {
        using var journal = new TemporaryFile("journal.jsonl");
        using var run = await StartAsync("contoso", "opaque", journal);

        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(await run.MigrateAsync()).Outcome);
    }

    [Theory]
    [InlineData("No delegated rights", "900308", "which right is missing")]
    [InlineData("Conditional access", "900309", "Conditional Access policies")]
    [InlineData("Unknown to the directory", "20002", "buys from you, but its directory")]
    public async Task Without_rights_at_the_customer_nothing_is_bought_and_each_cause_has_its_own_advice(string customer, string code, string advice)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        var source = await run.FindOneAsync(customer);

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal((ReadinessVerdict.Blocked, "NoDelegatedRights"), (readiness.Verdict, readiness.ErrorId));
        Assert.Equal(("NoDelegatedRights", code, source.CustomerId), (error.ErrorId, error.ServiceCode, error.CustomerId));
        Assert.Contains(advice, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(error.RecommendedAction, readiness.Checks.Single(check => check.Result == ReadinessResult.Fail).Remedy);
        Assert.NotNull(error.CorrelationId);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task Without_rights_at_one_customer_the_others_go_on()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var bought = await run.BuyAsync(await run.FindAsync(query => query.Customers = ["No delegated rights", "Reseller of record"]));

        Assert.Equal("Reseller of record", Assert.Single(bought).CustomerName);
        Assert.Equal("NoDelegatedRights", run.TakeError().ErrorId);
    }

    [Fact]
    public async Task Without_multiple_factors_the_connection_says_so()
    {
        var error = await Assert.ThrowsAsync<CspMigrationException>(() => SandboxRun.StartAsync("contoso:mfa=missing"));

        Assert.Equal(("MfaRequired", 401, "900421"), (error.ErrorId, error.StatusCode, error.ServiceCode));
    }

    [Theory]
    [InlineData("33333333-3333-3333-3333-333333333333", """{"scp":"x"}""", "33333333-3333-3333-3333-333333333333")]
    [InlineData("{ABCDEFAB-3333-3333-3333-333333333333}", """{"scp":"x"}""", "abcdefab-3333-3333-3333-333333333333")]
    [InlineData("{ABCDEFAB-3333-3333-3333-333333333333}", """{"scp":"x","tid":"abcdefab-3333-3333-3333-333333333333"}""", "abcdefab-3333-3333-3333-333333333333")]
    [InlineData(null, """{"scp":"x","tid":"22222222-2222-2222-2222-222222222222"}""", "22222222-2222-2222-2222-222222222222")]
    [InlineData(null, """{"scp":"x"}""", SandboxPartner)]
    public async Task The_partner_is_the_token_s_else_the_one_named_else_the_profile_s(string? named, string claims, string expected)
    {
        using var journal = new TemporaryFile("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "contoso" });
        using var run = await SandboxRun.ConnectAsync(tenant, configure: options =>
        {
            Jwt.Use(Jwt.Of(claims), journal)(options);
            options.TenantId = named;
        });

        Assert.Equal(expected, run.Client.Operation.Session.Partner.PartnerTenantId);
        Assert.Equal(expected, (await run.FindAsync()).Single().PartnerTenantId);
    }

    [Fact]
    public async Task A_token_of_another_partner_than_the_one_named_is_refused()
    {
        using var journal = new TemporaryFile("journal.jsonl");
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "contoso" });

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => SandboxRun.ConnectAsync(tenant, configure: options =>
        {
            Jwt.Use(Jwt.Of("""{"scp":"x","tid":"22222222-2222-2222-2222-222222222222"}"""), journal)(options);
            options.TenantId = "33333333-3333-3333-3333-333333333333";
        }));

        Assert.Equal("WrongPartner", error.ErrorId);
        Assert.Contains("22222222", error.Message, StringComparison.Ordinal);
        Assert.Contains("33333333", error.Message, StringComparison.Ordinal);
        Assert.Contains("-TenantId", error.RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task<SandboxRun> StartAsync(
        string scenario, string token, TemporaryFile journal, Func<System.Net.Http.HttpMessageHandler, System.Net.Http.HttpMessageHandler>? through = null) =>
        await SandboxRun.StartAsync(scenario, through, Jwt.Use(token, journal));
}
