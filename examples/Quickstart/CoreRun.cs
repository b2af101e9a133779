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

namespace Quickstart;

/// <summary>The migration without PowerShell: the steps behind the four cmdlets, one after the other.</summary>
internal static class CoreRun
{
    public static async Task MigrateAsync(Uri endpoint, string journal, CancellationToken cancellationToken)
    {
        using var token = new SecureString();
        foreach (var character in "quickstart")
        {
            token.AppendChar(character);
        }

        var observer = new ConsoleObserver();
        var options = new ConnectionOptions { Endpoint = endpoint, AccessToken = token, JournalPath = journal };
        try
        {
            using var session = await PartnerSession.ConnectAsync(options, observer, cancellationToken);
            await MigrateAsync(session.Begin(observer), cancellationToken);
        }
        catch (CspMigrationException e)
        {
            throw new QuickstartException($"{e.ErrorId}: {e.Message}");
        }
    }

    private static async Task MigrateAsync(MigrationOperation operation, CancellationToken cancellationToken)
    {
        var found = new List<ExpiringSubscription>();
        var query = new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) };
        await operation.Discovery.FindAsync(query, found.AddRange, Fail, cancellationToken);
        Table.Write("Found", found, row => [row.CustomerName, row.OfferName, row.Quantity, row.RenewalStatus], "Customer", "Offer", "Seats", "Renewal");

        // All is confirmed by whoever starts the program: a program that asks gives its own IConfirmer.
        var bought = new List<TargetSubscription>();
        var handlers = new PurchaseHandlers
        {
            Confirmer = UnattendedConfirmer.Confirming,
            Completed = target =>
            {
                bought.Add(target);
                return Task.CompletedTask;
            },
            Failed = (_, failure) => Fail(failure),
        };
        foreach (var customer in found.GroupBy(row => row.CustomerId))
        {
            await operation.Purchases.RunAsync([.. customer], new PurchaseOptions(), handlers, cancellationToken);
        }

        Table.Write("Bought", bought, row => [row.OfferName, row.Quantity, row.TermDuration, row.BillingCycle, row.Outcome], "Offer", "Seats", "Term", "Billing", "Outcome");

        var moved = new List<LicenseMove>();
        await operation.LicenseMoves.MoveAsync(
            [.. bought.Select(target => new LicenseMoveRequest(target, planOnly: false))],
            new LicenseMoveOptions(),
            move =>
            {
                moved.Add(move);
                return Task.CompletedTask;
            },
            (_, failure) => Fail(failure),
            cancellationToken);
        Table.Write("Moved", moved, row => [row.Moved, row.Skipped, row.Failed, row.Remaining, row.IsComplete], "Moved", "Skipped", "Failed", "Remaining", "Complete");

        var suspended = new List<SuspendedSubscription>();
        foreach (var move in moved)
        {
            var ended = await operation.Suspensions.RunAsync(SuspensionRequest.From(move), new SuspensionOptions(), UnattendedConfirmer.Confirming, cancellationToken);
            suspended.Add(ended!);
        }

        Table.Write("Suspended", suspended, row => [row.OfferName, row.Outcome, row.Status, row.ReactivateBefore], "Offer", "Outcome", "Status", "ReactivateBefore");
    }

    private static void Fail(CspMigrationException failure) => throw failure;
}
