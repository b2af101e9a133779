using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Changes;
using CspMigration.Core.Discovery;
using CspMigration.Core.Licenses;
using CspMigration.Core.Purchases;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Sessions;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.MigrationProcess;
using CspMigration.PartnerCenter.Authentication;
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

    /// <summary>Signed in as a user, so that licenses go through Microsoft Graph.</summary>
    public static async Task<Partner> ConnectToGraphAsync(Uri endpoint, HttpMessageHandler network)
    {
        using var refreshToken = new SecureString();
        refreshToken.AppendChar('t');
        var journal = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        var options = new ConnectionOptions
        {
            Endpoint = endpoint,
            TenantId = "11111111-1111-1111-1111-111111111111",
            SignIn = new SignInOptions { Method = SignInMethod.RefreshToken, ApplicationId = Guid.NewGuid().ToString(), RefreshToken = refreshToken, Authority = endpoint },
            LicenseApi = LicenseApi.Graph,
            JournalPath = journal,
            Handler = network,
        };
        return new Partner(await PartnerSession.ConnectAsync(options, new NobodyListens(), CancellationToken.None), journal);
    }

    /// <summary>Looks through all customers.</summary>
    public async Task DiscoverAsync(Action<IReadOnlyList<ExpiringSubscription>> found, CancellationToken cancellationToken = default)
    {
        var client = MigrationClient.Begin(_session, new NobodyListens());
        var query = new DiscoveryQuery { Before = client.Discovery.EndOfWindow(90) };
        await client.Discovery.FindAsync(query, Results.Each(found), error => throw error, cancellationToken);
    }

    /// <summary>Buys, moves and suspends.</summary>
    public async Task<(TargetSubscription Target, LicenseMove Move, SuspendedSubscription Suspended)> MigrateAsync(ExpiringSubscription source)
    {
        var client = MigrationClient.Begin(_session, new NobodyListens());
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
        await client.Purchases.RunAsync([source], new PurchaseOptions(), handlers, CancellationToken.None);
        var target = targets.Single();
        var moves = new List<LicenseMove>();
        await client.LicenseMoves.MoveAsync(
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
        var suspended = await client.Suspensions.RunAsync(request, new SuspensionOptions(), UnattendedConfirmer.Confirming, CancellationToken.None);
        return (target, moves.Single(), suspended!);
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_journal);
        File.Delete(_journal + ".lock");
    }
}
