using System;
using System.Collections.Generic;
using System.Linq;
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

namespace CspMigration.MigrationProcess;

/// <summary>
/// Runs the whole migration once: <c>endpoint journal</c>. Writes the id of each error, a line each; exits with 0 where
/// there was none.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var token = new SecureString();
        token.AppendChar('t');
        var observer = new NobodyListens();
        var errors = new List<CspMigrationException>();
        try
        {
            var options = new ConnectionOptions { Endpoint = new Uri(arguments[0]), AccessToken = token, JournalPath = arguments[1] };
            using var session = await PartnerSession.ConnectAsync(options, observer, CancellationToken.None);
            await MigrateAsync(MigrationClient.Begin(session, observer), errors);
        }
        catch (CspMigrationException e)
        {
            errors.Add(e);
        }

        foreach (var error in errors)
        {
            Console.WriteLine($"{error.ErrorId}: {error.Message}");
        }

        return errors.Count == 0 ? 0 : 1;
    }

    private static async Task MigrateAsync(MigrationClient client, List<CspMigrationException> errors)
    {
        var rows = new List<ExpiringSubscription>();
        var query = new DiscoveryQuery { Before = client.Discovery.EndOfWindow(90) };
        await client.Discovery.FindAsync(
            query,
            found =>
            {
                rows.AddRange(found);
                return Task.CompletedTask;
            },
            errors.Add,
            CancellationToken.None);
        foreach (var customer in rows.GroupBy(row => row.CustomerId))
        {
            var targets = new List<TargetSubscription>();
            var handlers = new PurchaseHandlers
            {
                Completed = target =>
                {
                    targets.Add(target);
                    return Task.CompletedTask;
                },
                Failed = (_, error) => errors.Add(error),
            };
            await client.Purchases.RunAsync([.. customer], new PurchaseOptions(), handlers, CancellationToken.None);
            await FinishAsync(client, targets, errors);
        }
    }

    private static async Task FinishAsync(MigrationClient client, IReadOnlyList<TargetSubscription> targets, List<CspMigrationException> errors)
    {
        var moves = new List<LicenseMove>();
        await client.LicenseMoves.MoveAsync(
            [.. targets.Select(target => new LicenseMoveRequest(target, planOnly: false))],
            new LicenseMoveOptions { UsersAtOnce = 2 },
            move =>
            {
                moves.Add(move);
                return Task.CompletedTask;
            },
            (_, error) => errors.Add(error),
            CancellationToken.None);
        foreach (var move in moves)
        {
            _ = await client.Suspensions.RunAsync(SuspensionRequest.From(move), new SuspensionOptions(), UnattendedConfirmer.Confirming, CancellationToken.None);
        }
    }
}
