using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Changes;
using CspMigration.Core.Migration.Discovery;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
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
    public async Task DiscoverAsync(Action<IReadOnlyList<ExpiringSubscription>> found, CancellationToken cancellationToken = default)
    {
        var operation = _session.Begin(new NobodyListens());
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) };
        await operation.Discovery.FindAsync(query, Results.Each(found), error => throw error, cancellationToken);
    }

    /// <summary>Buys, moves and suspends.</summary>
    public async Task<(TargetSubscription Target, LicenseMove Move, SuspendedSubscription Suspended)> MigrateAsync(ExpiringSubscription source)
    {
        var operation = _session.Begin(new NobodyListens());
        var targets = new List<TargetSubscription>();
        var handlers = new PurchaseHandlers
        {
            Completed = target =>
            {
                targets.Add(target);
                return Task.CompletedTask;
            },
            Failed = (_, error) => throw error,
        };
        await operation.Purchases.RunAsync([source], new PurchaseOptions(), handlers, CancellationToken.None);
        var target = targets.Single();
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
        var request = SuspensionRequest.From(moves.Single());
        var suspended = await operation.Suspensions.RunAsync(request, new SuspensionOptions(), UnattendedConfirmer.Confirming, CancellationToken.None);
        return (target, moves.Single(), suspended!);
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_journal);
        File.Delete(_journal + ".lock");
    }
}
