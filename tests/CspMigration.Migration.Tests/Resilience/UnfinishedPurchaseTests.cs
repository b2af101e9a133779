using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Core.Status;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>A purchase that an earlier run announced: it is found by whatever the service keeps of it, and where it can no longer be made it holds nothing up.</summary>
public sealed class UnfinishedPurchaseTests
{
    private const string NewCommerce = "contoso:legacyCommerce=closed";
    private const string Storage = "Dynamics 365 Additional Database Storage";
    private const string Checkout = "/v1/customers/{customerId}/carts/{cartId}/checkout";
    private const string Orders = "/v1/customers/{customerId}/orders";

    [Theory]
    [InlineData("drop-before", false)]
    [InlineData("drop-after", false)]
    [InlineData("drop-after", true)]
    public async Task A_cart_that_has_expired_or_was_submitted_is_bought_once_in_all(string action, bool isRenamed)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = NewCommerce, ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("journal.jsonl"));
        var source = Assert.Single(await run.FindAsync());
        tenant.SetFaults(new SandboxFault("POST", Checkout, action, times: 1));
        using (var stopping = new CancellationTokenSource())
        {
            using var first = await SandboxRun.ConnectAsync(tenant, inner => new StopAfter(inner, "/checkout", stopping), time, folder.File("journal.jsonl"), stopping.Token);
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.BuyAsync([source]));
        }

        time.Advance(TimeSpan.FromDays(8));
        if (isRenamed)
        {
            using var service = new DirectService(tenant);
            var bought = run.Customer().Subscriptions.Single(subscription => subscription.Id != source.SubscriptionId);
            await service.ChangeSubscriptionAsync(run.Customer(), bought.Id, ("friendlyName", "Theirs"));
        }

        _ = await run.FinishAsync([source]);

        Assert.Empty(run.Errors);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Equal(MigrationState.Completed, Assert.Single(MigrationHistory.Read([folder.File("journal.jsonl")], (_, error) => throw error)).State);
        Assert.Empty(tenant.GetState().Violations);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    public async Task An_order_is_looked_up_before_it_is_sent_again_by_an_id_that_the_service_may_have_forgotten(string action)
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = "contoso", ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, inner => new Forgetful(inner), time, folder.File("journal.jsonl"));
        var source = Assert.Single(await run.FindAsync());
        tenant.SetFaults(new SandboxFault("POST", Orders, action, times: 1));
        using (var stopping = new CancellationTokenSource())
        {
            using var first = await SandboxRun.ConnectAsync(tenant, inner => new StopAfter(inner, "/orders", stopping), time, folder.File("journal.jsonl"), stopping.Token);
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.BuyAsync([source]));
        }

        time.Advance(TimeSpan.FromDays(2));
        if (run.Customer().Subscriptions.SingleOrDefault(subscription => subscription.Id != source.SubscriptionId) is { } placed)
        {
            using var service = new DirectService(tenant);
            await service.ChangeSubscriptionAsync(run.Customer(), placed.Id, ("friendlyName", "Theirs"));
        }

        _ = await run.FinishAsync([source]);

        Assert.Empty(run.Errors);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Empty(tenant.GetState().Violations);
    }

    [Fact]
    public async Task What_was_announced_for_two_sources_is_not_sent_once_one_of_them_has_another_target()
    {
        using var time = VirtualTime.Automatic();
        using var folder = new TemporaryFolder();
        const string Name = "One SKU twice and both expiring";
        var tenant = SandboxTenant.Create(new SandboxOptions { Scenario = "edge-cases", ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var other = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("other.jsonl"));
        var rows = await other.FindAsync(Name);
        tenant.SetFaults(new SandboxFault("POST", Orders, "drop-before", times: 1));
        using (var stopping = new CancellationTokenSource())
        {
            using var first = await SandboxRun.ConnectAsync(tenant, inner => new StopAfter(inner, "/orders", stopping), time, folder.File("journal.jsonl"), stopping.Token);
            _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.BuyAsync(rows));
        }

        var theirs = await other.BuyOneAsync(rows[0]);
        time.Advance(TimeSpan.FromHours(1));
        using var later = await SandboxRun.ConnectAsync(tenant, through: null, time, folder.File("journal.jsonl"));
        var bought = await later.BuyAsync(rows);

        Assert.Empty(later.Errors);
        Assert.Equal((TargetOutcome.Resumed, theirs.TargetSubscriptionId), TargetOf(rows[0].SubscriptionId));
        Assert.Equal(TargetOutcome.Purchased, TargetOf(rows[1].SubscriptionId).Outcome);
        Assert.Equal(20, later.Customer(Name).Subscriptions.Where(subscription => subscription.SkuId == Ids.EngagementPlanSku).Sum(subscription => subscription.Quantity));

        (TargetOutcome Outcome, string? Id) TargetOf(string? source)
        {
            var target = bought.Single(target => target.SourceSubscriptionId == source);
            return (target.Outcome, target.TargetSubscriptionId);
        }
    }

    [Fact]
    public async Task A_purchase_whose_subscription_was_found_by_its_rollback_is_not_waited_for()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? ordered = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => ordered = new InterveningHandler(inner, "/orders"), time: time);
        var source = Assert.Single(await run.FindAsync());
        ordered!.Act = () =>
        {
            run.Tenant.SetFaults(new SandboxFault("GET", "/v1/customers/{customerId}/subscriptions", "status:403;code=900308", times: 1));
            return Task.CompletedTask;
        };
        Assert.Empty(await run.BuyAsync([source]));
        Assert.Equal(403, run.TakeError().StatusCode);
        Assert.Equal(MigrationState.RolledBack, Assert.Single(await run.UndoAsync([(source.CustomerId, source.SubscriptionId!)])).State);

        var again = await run.BuyOneAsync(source);

        Assert.Empty(run.Errors);
        Assert.Equal(TargetOutcome.Reactivated, again.Outcome);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_purchase_that_somebody_has_ended_before_its_subscription_was_known_is_not_waited_for()
    {
        using var time = VirtualTime.Automatic();
        InterveningHandler? ordered = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => ordered = new InterveningHandler(inner, "/orders"), time: time);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        ordered!.Act = () =>
        {
            run.Tenant.SetFaults(new SandboxFault("GET", "/v1/customers/{customerId}/subscriptions", "status:403;code=900308", times: 1));
            return Task.CompletedTask;
        };
        Assert.Empty(await run.BuyAsync([source]));
        Assert.Equal(403, run.TakeError().StatusCode);
        var bought = run.Customer().Subscriptions.Single(subscription => subscription.Id != source.SubscriptionId);
        await service.ChangeSubscriptionAsync(run.Customer(), bought.Id, ("status", "suspended"));
        var before = time.GetUtcNow();

        var again = await run.BuyOneAsync(source);

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Reactivated, bought.Id), (again.Outcome, again.TargetSubscriptionId));
        Assert.True(time.GetUtcNow() - before < TimeSpan.FromMinutes(1));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task A_cart_that_expires_while_the_prompt_stands_is_made_again_and_confirmed_again()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync(NewCommerce, time: time);
        var user = new ScriptedConfirmer(() =>
        {
            time.Advance(TimeSpan.FromDays(8));
            return Task.CompletedTask;
        });
        run.Confirmer = user;

        _ = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));

        Assert.Equal(2, user.Asked.Count);
        Assert.All(user.Asked, asked => Assert.Contains(" USD", asked, StringComparison.Ordinal));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    [Fact]
    public async Task An_add_on_whose_base_is_gone_is_bought_to_another()
    {
        using var time = VirtualTime.Automatic();
        using var run = await SandboxRun.StartAsync("contoso", time: time);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var customer = source.CustomerId;
        var options = new PurchaseOptions { Target = Storage, Quantity = 1 };
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, "First base");
        run.Tenant.SetFaults(new SandboxFault("PATCH", Orders + "/{orderId}", "drop-before", times: 10_000));
        _ = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(customer, options));
        run.Tenant.SetFaults();
        await service.ChangeSubscriptionAsync(run.Customer(), Named(run, "First base").Id, ("status", "suspended"));

        // A few minutes are too few to know that nothing was done.
        Assert.Equal("ProvisioningPending", (await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(customer, options))).ErrorId);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("PrerequisiteMissing", (await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(customer, options))).ErrorId);
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, "Second base");
        var bought = await run.BuyNewAsync(customer, options);

        Assert.Equal(Named(run, "Second base").Id, run.Subscription(bought.TargetSubscriptionId!).ParentSubscriptionId);
        Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == Storage);
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData(NewCommerce)]
    public async Task What_is_not_named_as_it_was_ordered_is_known_by_its_order(string scenario)
    {
        // An intermediary keeps what stands before the mark, and not the mark.
        using var time = VirtualTime.Automatic();
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = time });
        using var run = await SandboxRun.ConnectAsync(tenant, Unmarked, time, journalPath: null);
        var source = Assert.Single(await run.FindAsync());
        var begun = time.GetUtcNow();

        var bought = await run.BuyOneAsync(source);
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var again = await run.BuyOneAsync(source);
        _ = await run.FinishAsync([source]);

        Assert.Empty(run.Errors);
        Assert.Equal((TargetOutcome.Purchased, TargetOutcome.Resumed, bought.TargetSubscriptionId), (bought.Outcome, again.Outcome, again.TargetSubscriptionId));
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Empty(tenant.GetState().Violations);

        static HttpMessageHandler Unmarked(HttpMessageHandler inner) => new RequestRecorder(inner, (path, text) =>
            path.Contains("/orders", StringComparison.Ordinal) || path.Contains("/subscriptions", StringComparison.Ordinal) || path.Contains("/checkout", StringComparison.Ordinal)
                ? text.Replace(" (from 44D32FAD)", "", StringComparison.Ordinal)
                : text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_408_says_nothing_of_what_became_of_an_order(bool isCarriedOut)
    {
        TimedOutOnce? handler = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => handler = new TimedOutOnce(inner, isCarriedOut));

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");

        // What was done is found; what was not is sent again as the same request.
        Assert.Equal(isCarriedOut ? 1 : 2, handler!.RequestIds.Length);
        Assert.Single(handler.RequestIds.Distinct());
    }

    [Theory]
    [InlineData("contoso", "PATCH", "/orders/", true)]
    [InlineData("contoso", "PATCH", "/orders/", false)]
    [InlineData(NewCommerce, "POST", "/checkout", true)]
    [InlineData(NewCommerce, "POST", "/checkout", false)]
    public async Task A_408_says_nothing_of_what_became_of_an_add_on_either(string scenario, string method, string path, bool isCarriedOut)
    {
        TimedOutOnce? handler = null;
        using var run = await SandboxRun.StartAsync(scenario, inner => handler = new TimedOutOnce(inner, isCarriedOut) { Method = method, Path = path, IsOn = false });
        var source = Assert.Single(await run.FindAsync());
        _ = await run.BuyOneAsync(source);
        handler!.IsOn = true;

        var bought = await run.BuyOneAsync(source, new PurchaseOptions { AddOns = ["Dynamics 365 Additional Database Storage=2"] });

        Assert.Empty(run.Errors);
        Assert.Equal([2], bought.AddOnQuantities);
        Assert.Equal(2, Assert.Single(run.Customer().Subscriptions, subscription => subscription.OfferName == "Dynamics 365 Additional Database Storage").Quantity);
        Assert.Equal(isCarriedOut ? 1 : 2, handler.RequestIds.Length);
        Assert.Single(handler.RequestIds.Distinct());
    }

    [Theory]
    [InlineData("contoso", Orders, "/orders")]
    [InlineData(NewCommerce, Checkout, "/checkout")]
    public async Task A_conflict_is_an_answer_and_what_is_sent_after_it_is_another_request(string scenario, string route, string pathEnd)
    {
        using var time = VirtualTime.Automatic();
        RequestIdWatch? watch = null;
        using var run = await SandboxRun.StartAsync(scenario, inner => watch = new RequestIdWatch(inner, pathEnd), time: time);
        run.Tenant.SetFaults(new SandboxFault("POST", route, "status:409;code=800060", times: 2));

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(3, watch!.RequestIds.Distinct().Count());
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
        Assert.Equal(MigrationState.Completed, Assert.Single(run.Client.Status.Read()).State);
    }

    [Fact]
    public async Task A_conflict_after_an_unknown_outcome_is_none_and_the_request_stays_the_same()
    {
        using var time = VirtualTime.Automatic();
        RequestIdWatch? watch = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => watch = new RequestIdWatch(inner, "/orders"), time: time);
        run.Tenant.SetFaults(
            new SandboxFault("POST", Orders, "drop-before", times: 1), new SandboxFault("POST", Orders, "status:409;code=800060", skip: 1, times: 2));

        _ = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(4, watch!.RequestIds.Count);
        Assert.Single(watch.RequestIds.Distinct());
        Assert.Single(run.Customer().Orders, order => order.Origin == "api");
    }

    private static SandboxSubscription Named(SandboxRun run, string name) => run.Customer().Subscriptions.Single(subscription => subscription.FriendlyName == name);

    // Ends the run with the first request of a kind, as it is answered or broken off.
    private sealed class StopAfter(HttpMessageHandler inner, string pathEnd, CancellationTokenSource stopping) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                if (request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal))
                {
                    await stopping.CancelAsync();
                }
            }
        }
    }

    // A service that knows no request by its id: whatever comes again is new to it.
    private sealed class Forgetful(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _ = request.Headers.Remove("MS-RequestId");
            request.Headers.Add("MS-RequestId", Guid.NewGuid().ToString());
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class TimedOutOnce(HttpMessageHandler inner, bool isCarriedOut) : DelegatingHandler(inner)
    {
        public Guid[] RequestIds { get; private set; } = [];

        public string Method { get; init; } = "POST";

        public string Path { get; init; } = "/orders";

        public bool IsOn { get; set; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsOn || request.Method.Method != Method || !request.RequestUri!.AbsolutePath.Contains(Path, StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            RequestIds = [.. RequestIds, Guid.Parse(request.Headers.GetValues("MS-RequestId").Single())];
            if (RequestIds.Length > 1 || isCarriedOut)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (RequestIds.Length > 1)
                {
                    return answer;
                }
            }

            return new HttpResponseMessage(HttpStatusCode.RequestTimeout) { Content = new StringContent("""{"code":900225,"description":"Timed out."}""", Encoding.UTF8, "application/json") };
        }
    }
}
