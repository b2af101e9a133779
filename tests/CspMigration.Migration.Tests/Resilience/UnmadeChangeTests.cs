using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>A change that the service answers with success and does not make is never reported as made.</summary>
public sealed class UnmadeChangeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_did_not_end_is_not_reported_as_ended(bool atTermEnd)
    {
        using var time = VirtualTime.Automatic();
        Unmade? service = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => service = new Unmade(inner), time: time);
        using var other = new DirectService(run.Tenant);
        await other.ChangeSubscriptionAsync(run.Customer(), run.Customer().Subscriptions[0].Id, ("autoRenewEnabled", true));
        var options = new SuspensionOptions { AtTermEnd = atTermEnd };
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync(query => query.IncludeAutoRenew = true)));
        service!.IsOn = true;

        Assert.Empty(await run.SuspendAsync(moves, options));
        var error = run.TakeError();
        var state = Assert.Single(run.Client.Status.Read()).State;
        service.IsOn = false;

        Assert.Equal(("RequestTimeout", true), (error.ErrorId, state != MigrationState.Completed));
        Assert.Equal(atTermEnd ? SuspensionOutcome.LeftToTermEnd : SuspensionOutcome.Suspended, Assert.Single(await run.SuspendAsync(moves, options)).Outcome);
    }

    [Fact]
    public async Task Seats_that_were_not_changed_are_not_reported_as_changed()
    {
        using var time = VirtualTime.Automatic();
        Unmade? service = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => service = new Unmade(inner), time: time);
        var source = Assert.Single(await run.FindAsync());
        service!.IsOn = true;

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.SetAsync(source, new SubscriptionSettings { Quantity = 30 }));

        Assert.Equal("RequestTimeout", error.ErrorId);
    }

    [Fact]
    public async Task A_wait_that_is_longer_than_a_call_may_take_is_not_waited_for()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        var moves = await run.MoveAsync(await run.BuyAsync(await run.FindAsync()));
        var begun = time.GetUtcNow();
        run.Tenant.SetFaults(new SandboxFault("PATCH", "/v1/customers/{customerId}/subscriptions/{subscriptionId}", "status:429;retry-after=86400", times: 10_000));

        Assert.Empty(await run.SuspendAsync(moves));

        Assert.Equal("Throttled", run.TakeError().ErrorId);
        Assert.True(time.GetUtcNow() - begun < TimeSpan.FromMinutes(15));
    }

    // A read in place of every change of a subscription: the answer shows it as it is.
    private sealed class Unmade(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public bool IsOn { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsOn && request.Method == HttpMethod.Patch)
            {
                request.Method = HttpMethod.Get;
                request.Content = null;
                _ = request.Headers.Remove("If-Match");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
