using System;
using System.Collections.Generic;
using System.Linq;
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
            await MigrateAsync(session.Begin(observer), errors);
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

    private static async Task MigrateAsync(MigrationOperation operation, List<CspMigrationException> errors)
    {
        var rows = new List<ExpiringSubscription>();
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) };
        await operation.Discovery.FindAsync(
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
            await operation.Purchases.RunAsync([.. customer], new PurchaseOptions(), handlers, CancellationToken.None);
            await FinishAsync(operation, targets, errors);
        }
    }

    private static async Task FinishAsync(MigrationOperation operation, IReadOnlyList<TargetSubscription> targets, List<CspMigrationException> errors)
    {
        var moves = new List<LicenseMove>();
        await operation.LicenseMoves.MoveAsync(
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
            _ = await operation.Suspensions.RunAsync(SuspensionRequest.From(move), new SuspensionOptions(), UnattendedConfirmer.Confirming, CancellationToken.None);
        }
    }
}
