using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Discovery;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Sessions;
using CspMigration.MigrationProcess;
using CspMigration.TestSupport;

namespace CspMigration.Benchmarks;

/// <summary>A connection with default settings, as the cmdlets use one, and a journal on disk.</summary>
internal sealed class Partner : IDisposable
{
    private readonly PartnerSession _session;
    private readonly string _journal;

    private Partner(PartnerSession session, string journal)
    {
        _session = session;
        _journal = journal;
    }

    public static async Task<Partner> ConnectAsync(Uri endpoint, HttpMessageHandler network)
    {
        using var token = new SecureString();
        token.AppendChar('t');
        var journal = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        var options = new ConnectionOptions { Endpoint = endpoint, AccessToken = token, JournalPath = journal, Handler = network };
        return new Partner(await PartnerSession.ConnectAsync(options, new NobodyListens(), CancellationToken.None), journal);
    }

    /// <summary>Looks through all customers.</summary>
    public async Task DiscoverAsync(Action<IReadOnlyList<ExpiringSubscription>> found)
    {
        var operation = _session.Begin(new NobodyListens());
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) };
        await operation.Discovery.FindAsync(query, Results.Each(found), error => throw error, CancellationToken.None);
    }

    /// <summary>Buys, moves and suspends.</summary>
    public async Task<(TargetSubscription Target, LicenseMove Move, SuspendedSubscription Suspended)> MigrateAsync(ExpiringSubscription source)
    {
        var operation = _session.Begin(new NobodyListens());
        var planning = await operation.Purchases.PlanAsync([source], new PurchaseOptions(), CancellationToken.None);
        var target = (await operation.Purchases.ExecuteAsync(planning.Plans.Single(), wait: false, CancellationToken.None)).Targets.Single();
        var moves = new List<LicenseMove>();
        await operation.LicenseMoves.MoveAsync(
            [new LicenseMoveRequest(target, planOnly: false)],
            new LicenseMoveOptions(),
            move =>
            {
                moves.Add(move);
                return Task.CompletedTask;
            },
            (_, error) => throw error,
            CancellationToken.None);
        var plan = await operation.Suspensions.PlanAsync(SuspensionRequest.From(moves.Single()), new SuspensionOptions(), CancellationToken.None);
        return (target, moves.Single(), await operation.Suspensions.ExecuteAsync(plan, CancellationToken.None));
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_journal);
        File.Delete(_journal + ".lock");
    }
}
