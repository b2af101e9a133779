using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 19: Global, US Government and China clouds; what a cloud cannot do is said up front.</summary>
public sealed class Rule19CloudTests
{
    [Fact]
    public async Task In_China_a_migration_is_blocked_before_anything_is_bought_and_the_reason_is_users_licenses()
    {
        using var run = await StartAsync("contoso:cloud=China", PartnerEnvironment.China);
        var source = Assert.Single(await run.FindAsync());

        var readiness = await run.CheckAsync(source);
        var error = await run.RefusePurchaseAsync(source);

        Assert.Equal(ReadinessVerdict.Blocked, readiness.Verdict);
        Assert.Contains("licenses", readiness.Checks[0].Message, StringComparison.Ordinal);
        Assert.Equal(readiness.ErrorId, error.ErrorId);
        Assert.Contains("licenses", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Fact]
    public async Task In_China_it_is_known_without_asking_for_licenses()
    {
        RequestRecorder? recorder = null;
        using var run = await StartAsync("contoso:cloud=China", PartnerEnvironment.China, inner => recorder = new RequestRecorder(inner));

        _ = await run.RefusePurchaseAsync(Assert.Single(await run.FindAsync()));

        Assert.DoesNotContain(recorder!.All, request => request.Path.Contains("subscribedskus", StringComparison.Ordinal) || request.Path.Contains("users", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_China_what_needs_no_licenses_works()
    {
        using var run = await StartAsync("contoso:cloud=China", PartnerEnvironment.China);

        var bought = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 });
        var again = await run.BuyNewAsync(run.Customer().Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 3 });
        var source = Assert.Single(await run.FindAsync());
        var changed = await run.SetAsync(source, new SubscriptionSettings { Quantity = 26 });

        Assert.Equal((TargetOutcome.Purchased, 3), (bought.Outcome, bought.Quantity));
        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal(26, changed.Quantity);
    }

    [Fact]
    public async Task In_China_a_subscription_can_be_suspended_for_another_reason()
    {
        using var run = await StartAsync("contoso:cloud=China", PartnerEnvironment.China);
        var source = Assert.Single(await run.FindAsync());

        var ended = await run.SuspendAsync(source.CustomerId, source.SubscriptionId!, new() { Reason = SuspensionReason.CustomerRequest });

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
    }

    [Theory]
    [InlineData("contoso", PartnerEnvironment.Global)]
    [InlineData("contoso:cloud=USGovernment", PartnerEnvironment.USGovernment)]
    public async Task Elsewhere_the_migration_runs(string scenario, PartnerEnvironment environment)
    {
        using var run = await StartAsync(scenario, environment);

        var ended = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Equal(environment, run.Client.Operation.Session.Partner.Environment);
    }

    [Theory]
    [InlineData(PartnerEnvironment.Global, "https://api.partnercenter.microsoft.com/")]
    [InlineData(PartnerEnvironment.USGovernment, "https://api.partnercenter.microsoft.com/")]
    [InlineData(PartnerEnvironment.China, "https://partner.partnercenterapi.microsoftonline.cn/")]
    public async Task Each_cloud_has_its_address(PartnerEnvironment environment, string address)
    {
        using var service = new Addresses();
        using var token = new NetworkCredential("", "any").SecurePassword;
        var options = new ConnectionOptions { Environment = environment, AccessToken = token, Handler = service };

        await Assert.ThrowsAsync<CspMigrationException>(() => PartnerSession.ConnectAsync(options, new SilentObserver(), CancellationToken.None));

        Assert.All(service.Asked, asked => Assert.StartsWith(address + "v1/", asked, StringComparison.Ordinal));
        Assert.NotEmpty(service.Asked);
    }

    private static Task<SandboxRun> StartAsync(string scenario, PartnerEnvironment environment, Func<HttpMessageHandler, HttpMessageHandler>? through = null) =>
        SandboxRun.StartAsync(scenario, through, options => options.Environment = environment);

    // Refuses everything, and keeps where it was asked.
    private sealed class Addresses : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden) { RequestMessage = request });
        }
    }
}
