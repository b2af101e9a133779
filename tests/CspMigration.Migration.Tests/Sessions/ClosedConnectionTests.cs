using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Changes;
using CspMigration.Core.Discovery;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Run;
using CspMigration.Core.Sessions;
using CspMigration.Migration.Tests.Support;
using CspMigration.PartnerCenter.Observation;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Sessions;

/// <summary>A connection is closed while a command works with it: Disconnect-CspPartner in another runspace, or that runspace's end.</summary>
public sealed class ClosedConnectionTests : IDisposable
{
    private const string Scenario = "scale:customers=6,subscriptions=1,users=40";
    private const int Customers = 6;
    private const string PartnerTenantId = "11111111-1111-1111-1111-111111111111";

    private readonly TemporaryFolder _folder = new();
    private readonly VirtualTime _time = VirtualTime.Automatic();
    private readonly SandboxTenant _tenant;

    public ClosedConnectionTests() => _tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = Scenario, ProvisioningDelay = TimeSpan.Zero, Time = _time });

    private string Journal => _folder.File("journal.jsonl");

    public void Dispose()
    {
        _time.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_command_ends_with_an_error_and_leaves_no_call(bool hasFile)
    {
        HoldingHandler? held = null;
        var session = await ConnectAsync(options =>
        {
            options.JournalPath = hasFile ? Journal : null;
            options.Handler = held = new HoldingHandler(options.Handler!, "/licenseupdates");
        });
        var run = MigrateAsync(session);
        await held!.ReachedAsync(calls: 10);

        session.Dispose();

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run);
        Assert.Equal("NotConnected", error.ErrorId);
        Assert.Contains("closed while this command was working", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, held.UnderWay);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(100)]
    [InlineData(400)]
    public async Task The_command_ends_wherever_it_writes_the_journal_and_the_same_command_finishes(int entry)
    {
        ClosingJournal? closing = null;
        var session = await ConnectAsync(options => options.BeforeJournal = inner => closing = new ClosingJournal(inner, entry));
        closing!.Close = session.Dispose;

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => MigrateAsync(session));

        Assert.Equal("NotConnected", error.ErrorId);
        await AssertFreeAsync();
        using var again = await ConnectAsync();
        await MigrateAsync(again);
        var state = _tenant.GetState();
        Assert.Empty(state.Violations);
        Assert.Equal(Customers, state.Customers.Sum(customer => customer.Orders.Count(order => order.Origin == "api")));
        Assert.All(state.Customers, customer => Assert.Single(customer.Subscriptions, subscription => subscription.Status == "suspended"));
    }

    [Fact]
    public async Task A_command_that_waits_for_the_service_ends_without_waiting_on()
    {
        PartnerSession? session = null;
        var waits = new WaitObserver(() => session!.Dispose());
        session = await ConnectAsync(options => options.Handler = new ThrottlingHandler(options.Handler!, "/subscriptions"));
        var before = _time.Elapsed;

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => MigrateAsync(session, observer: waits));

        Assert.Equal("NotConnected", error.ErrorId);
        Assert.True(_time.Elapsed - before < ThrottlingHandler.Pause);
    }

    [Fact]
    public async Task Several_commands_all_end_and_the_last_frees_the_journal()
    {
        HoldingHandler? held = null;
        var session = await ConnectAsync(options => options.Handler = held = new HoldingHandler(options.Handler!, "/licenseupdates"));
        var ids = _tenant.GetState().Customers.Select(customer => customer.Id).ToList();
        var runs = ids.Select(id => MigrateAsync(session, [id])).ToList();
        await held!.ReachedAsync(calls: 20);

        session.Dispose();

        foreach (var run in runs)
        {
            Assert.Equal("NotConnected", (await Assert.ThrowsAsync<CspMigrationException>(() => run)).ErrorId);
        }

        await AssertFreeAsync();
    }

    [Fact]
    public async Task A_closed_connection_begins_no_command()
    {
        var session = await ConnectAsync();

        session.Dispose();

        Assert.True(session.IsClosed);
        Assert.Equal("NotConnected", (await Assert.ThrowsAsync<CspMigrationException>(() => MigrateAsync(session))).ErrorId);
        Assert.Equal("NotConnected", Assert.Throws<CspMigrationException>(() => session.Begin(new SilentObserver())).ErrorId);
    }

    [Fact]
    public async Task A_command_the_user_stops_is_stopped_and_not_failed()
    {
        HoldingHandler? held = null;
        using var session = await ConnectAsync(options => options.Handler = held = new HoldingHandler(options.Handler!, "/licenseupdates"));
        using var user = new CancellationTokenSource();
        var run = MigrateAsync(session, cancellationToken: user.Token);
        await held!.ReachedAsync(calls: 10);

        await user.CancelAsync();
        session.Dispose();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static Task MigrateAsync(
        PartnerSession session, IReadOnlyList<string>? customers = null, IOperationObserver? observer = null, CancellationToken cancellationToken = default)
    {
        // As a cmdlet does: off the calling thread.
        return Task.Run(
            () => MigrationClient.RunAsync(
                session,
                observer ?? new SilentObserver(),
                async (client, token) =>
                {
                    var rows = new List<ExpiringSubscription>();
                    var query = new DiscoveryQuery { Customers = customers, Before = client.Discovery.EndOfWindow(90) };
                    await client.Discovery.FindAsync(query, Results.AllInto(rows), error => throw error, token);
                    var plan = await client.Runs.PlanAsync(rows, new MigrationRunOptions(), token);
                    await client.Runs.RunAsync(plan, isPlanned: false, UnattendedConfirmer.Confirming, _ => Task.CompletedTask, (_, error) => throw error, token);
                },
                cancellationToken),
            CancellationToken.None);
    }

    private async Task<PartnerSession> ConnectAsync(Action<ConnectionOptions>? configure = null)
    {
        var options = new ConnectionOptions
        {
            Endpoint = SandboxTenant.BaseAddress,
            Handler = _tenant.CreateHandler(),
            IsSandbox = true,
            LicenseApi = LicenseApi.PartnerCenter,
            Random = () => 0.5,
            Time = _time,
            JournalPath = Journal,
        };
        configure?.Invoke(options);
        return await PartnerSession.ConnectAsync(options, new SilentObserver(), CancellationToken.None);
    }

    // Another writer, as another process would be.
    private async Task AssertFreeAsync()
    {
        using var other = new FileJournal(Journal, PartnerTenantId, _time);
        await other.OpenAsync(CancellationToken.None);
    }

    /// <summary>Closes the connection when a certain entry is about to be written.</summary>
    private sealed class ClosingJournal(IJournal inner, int entry) : IJournal
    {
        private int _entries;

        public Action? Close { get; set; }

        public string? Path => inner.Path;

        public JournalView View => inner.View;

        public IEnumerable<JournalEntry> ReadAll() => inner.ReadAll();

        public Task OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

        public Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => inner.LockCustomerAsync(customerId, cancellationToken);

        public Task AppendAsync(JournalEntry next, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _entries) == entry)
            {
                Close!();
            }

            return inner.AppendAsync(next, cancellationToken);
        }
    }

    /// <summary>Does something when it hears of a wait.</summary>
    private sealed class WaitObserver(Action waiting) : IOperationObserver
    {
        public bool DebugEnabled => false;

        public void Warning(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(string status, int done, int? total, string? detail = null)
        {
        }

        public void Waiting(string reason, TimeSpan duration) => waiting();

        public void RunHandler(Action handler)
        {
        }
    }

    /// <summary>Answers 429 to every call of a kind.</summary>
    private sealed class ThrottlingHandler(HttpMessageHandler inner, string pathEnd) : DelegatingHandler(inner)
    {
        public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal))
            {
                return base.SendAsync(request, cancellationToken);
            }

            var refusal = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request, Content = new StringContent("") };
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(Pause);
            return Task.FromResult(refusal);
        }
    }
}
