using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Discovery;
using CspMigration.Core.Licenses;
using CspMigration.Core.Purchases;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Rollback;
using CspMigration.Core.Sessions;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A sandbox and a session on it, with the steps of a migration one by one.</summary>
internal sealed class SandboxRun : IDisposable
{
    private readonly PartnerSession _session;

    private readonly CancellationToken _stopping;

    private SandboxRun(SandboxTenant tenant, PartnerSession session, SilentObserver observer, CancellationToken stopping)
    {
        _stopping = stopping;
        Tenant = tenant;
        _session = session;
        Observer = observer;
    }

    public SandboxTenant Tenant { get; }

    public SilentObserver Observer { get; }

    public List<CspMigrationException> Errors { get; } = [];

    /// <summary>Answers in place of a user; null where everything is confirmed.</summary>
    public IConfirmer? Confirmer { get; set; }

    public MigrationClient Client => MigrationClient.Begin(_session, Observer);

    /// <summary>Loads the map of the sources that only <c>edge-cases</c> has.</summary>
    public static void LoadEdgeCaseMap(ConnectionOptions options) => options.SkuMapPaths = [Repository.PathOf("tests", "EdgeCases.SkuMap.json")];

    public static async Task<SandboxRun> StartAsync(
        string scenario, Func<HttpMessageHandler, HttpMessageHandler>? through = null, Action<ConnectionOptions>? configure = null, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, ProvisioningDelay = TimeSpan.Zero, Time = clock });
        return await ConnectAsync(tenant, through, options =>
        {
            options.Time = clock;
            configure?.Invoke(options);
        });
    }

    /// <summary>Another session on the same sandbox, as a second process would have: without the first one's memory.</summary>
    public static Task<SandboxRun> ConnectAsync(
        SandboxTenant tenant,
        Func<HttpMessageHandler, HttpMessageHandler>? through,
        TimeProvider time,
        string? journalPath,
        CancellationToken cancellationToken = default)
    {
        return ConnectAsync(
            tenant,
            through,
            options =>
            {
                options.Time = time;
                options.JournalPath = journalPath;
            },
            cancellationToken);
    }

    /// <summary>The same with any options.</summary>
    public static async Task<SandboxRun> ConnectAsync(
        SandboxTenant tenant,
        Func<HttpMessageHandler, HttpMessageHandler>? through = null,
        Action<ConnectionOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        var observer = new SilentObserver();
        var handler = tenant.CreateHandler();
        var options = new ConnectionOptions
        {
            Endpoint = SandboxTenant.BaseAddress,
            Handler = through is null ? handler : through(handler),
            IsSandbox = true,
            LicenseApi = LicenseApi.PartnerCenter,
            Random = () => 0.5,
        };
        configure?.Invoke(options);
        var session = await PartnerSession.ConnectAsync(options, observer, cancellationToken);
        return new SandboxRun(tenant, session, observer, cancellationToken);
    }

    public async Task<List<ExpiringSubscription>> FindAsync(Action<DiscoveryQuery>? configure = null)
    {
        var client = Client;
        var query = new DiscoveryQuery { Before = client.Discovery.EndOfWindow(90) };
        configure?.Invoke(query);
        var rows = new List<ExpiringSubscription>();
        await client.Discovery.FindAsync(query, Results.AllInto(rows), Errors.Add, _stopping);
        return rows;
    }

    public async Task<List<TargetSubscription>> BuyAsync(IEnumerable<ExpiringSubscription> rows, PurchaseOptions? options = null, bool planOnly = false)
    {
        var client = Client;
        var targets = new List<TargetSubscription>();
        foreach (var customer in rows.GroupBy(row => row.CustomerId))
        {
            await client.Purchases.RunAsync([.. customer], options ?? new PurchaseOptions(), Handlers(targets, planOnly), _stopping);
        }

        return targets;
    }

    /// <summary>Buys what the rows of an approved plan name.</summary>
    public async Task<List<TargetSubscription>> BuyApprovedAsync(IEnumerable<PlannedRow> rows)
    {
        var client = Client;
        var targets = new List<TargetSubscription>();
        foreach (var customer in rows.GroupBy(row => row.CustomerId))
        {
            await client.Purchases.RunApprovedAsync([.. customer], Handlers(targets), _stopping);
        }

        return targets;
    }

    /// <summary>Buys without a source.</summary>
    public async Task<List<TargetSubscription>> BuyWithoutSourceAsync(string customerId, PurchaseOptions options, bool planOnly = false)
    {
        var targets = new List<TargetSubscription>();
        await Client.Purchases.RunWithoutSourceAsync(customerId, options, Handlers(targets, planOnly), _stopping);
        return targets;
    }

    /// <summary>Takes the targets, and the failures.</summary>
    public PurchaseHandlers Handlers(List<TargetSubscription> targets, bool planOnly = false)
    {
        return new PurchaseHandlers
        {
            Confirmer = Confirmer is { } confirmer && !planOnly ? confirmer : planOnly ? UnattendedConfirmer.Planning : UnattendedConfirmer.Confirming,
            Completed = target =>
            {
                targets.Add(target);
                return Task.CompletedTask;
            },
            Failed = (_, error) => Errors.Add(error),
        };
    }

    public async Task<List<LicenseMove>> MoveAsync(IEnumerable<TargetSubscription> targets, LicenseMoveOptions? options = null, bool planOnly = false)
    {
        var moves = new List<LicenseMove>();
        options ??= new LicenseMoveOptions();
        var requests = new List<LicenseMoveRequest>();
        foreach (var target in targets)
        {
            if (options.GroupLicense == GroupLicenseChoice.Report || planOnly)
            {
                requests.Add(new LicenseMoveRequest(target, planOnly));
            }
            else if (await Client.LicenseMoves.ConfirmAsync(target, options, requests, Confirmer ?? UnattendedConfirmer.Confirming, _stopping) is { } request)
            {
                requests.Add(request);
            }
        }

        await Client.LicenseMoves.MoveAsync(
            requests,
            options,
            move =>
            {
                Locked(() => moves.Add(move));
                return Task.CompletedTask;
            },
            (_, error) => Locked(() => Errors.Add(error)),
            _stopping);
        return moves;

        void Locked(Action add)
        {
            lock (moves)
            {
                add();
            }
        }
    }

    public Task<List<SuspendedSubscription>> SuspendAsync(IEnumerable<LicenseMove> moves, SuspensionOptions? options = null)
    {
        return SuspendAsync(moves.Select(SuspensionRequest.From), options);
    }

    public async Task<List<SuspendedSubscription>> SuspendAsync(IEnumerable<SuspensionRequest> requests, SuspensionOptions? options = null)
    {
        var client = Client;
        var suspended = new List<SuspendedSubscription>();
        var planned = new PlannedSuspensions();
        foreach (var request in requests)
        {
            try
            {
                request.Before = planned;
                if (await client.Suspensions.RunAsync(request, options ?? new SuspensionOptions(), Confirmer ?? UnattendedConfirmer.Confirming, _stopping) is { } ended)
                {
                    suspended.Add(ended);
                }
            }
            catch (CspMigrationException e)
            {
                Errors.Add(e);
            }
        }

        return suspended;
    }

    /// <summary>All four steps.</summary>
    public async Task<List<SuspendedSubscription>> MigrateAsync(PurchaseOptions? options = null, Action<DiscoveryQuery>? configure = null, LicenseMoveOptions? moving = null)
    {
        var found = await FindAsync(configure);
        var bought = await BuyAsync(found, options);
        var moved = await MoveAsync(bought, moving);
        return await SuspendAsync(moved);
    }

    /// <summary>Buys, moves and ends, and asserts that nothing failed.</summary>
    public async Task<List<TargetSubscription>> CompleteAsync(IReadOnlyList<ExpiringSubscription> rows, PurchaseOptions? options = null, SuspensionOptions? ending = null)
    {
        var bought = await BuyAsync(rows, options);
        _ = await SuspendAsync(await MoveAsync(bought), ending);
        Assert.Empty(Errors);
        return bought;
    }

    /// <summary>Rolls the migration of a source back, and asserts that nothing failed.</summary>
    public async Task<List<SubscriptionMigration>> UndoAsync(ExpiringSubscription source)
    {
        var undone = await UndoAsync([(source.CustomerId, source.SubscriptionId!)]);
        Assert.Empty(Errors);
        return undone;
    }

    /// <summary>Takes migrations back, by ids alone.</summary>
    public Task<List<SubscriptionMigration>> UndoAsync(IEnumerable<(string CustomerId, string SubscriptionId)> sources)
    {
        return UndoAsync(sources.Select(source => new UndoRequest { CustomerId = source.CustomerId, SourceSubscriptionId = source.SubscriptionId }));
    }

    /// <summary>Takes migrations back, by what records of them say.</summary>
    public async Task<List<SubscriptionMigration>> UndoAsync(IEnumerable<UndoRequest> requests)
    {
        var client = Client;
        var undone = new List<SubscriptionMigration>();
        foreach (var request in await client.Undo.PrepareAsync([.. requests], _stopping))
        {
            try
            {
                if (await client.Undo.RunAsync(request, Confirmer ?? UnattendedConfirmer.Confirming, _stopping) is { Migration: { } migration })
                {
                    undone.Add(migration);
                }
            }
            catch (CspMigrationException e)
            {
                Errors.Add(e);
            }
        }

        return undone;
    }

    public void Dispose() => _session.Dispose();
}
