using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Discovery;
using CspMigration.Core.Licenses;
using CspMigration.Core.Offers;
using CspMigration.Core.Planning;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Rollback;
using CspMigration.Core.Run;
using CspMigration.Core.Sessions;
using CspMigration.Core.Status;
using CspMigration.Core.Suspension;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core;

/// <summary>All steps of a migration for one command: the only class that names every one of them.</summary>
public sealed class MigrationClient
{
    private MigrationClient(MigrationOperation operation)
    {
        Customers = new CustomerDirectory(operation);
        Discovery = new ExpiringSubscriptionFinder(operation);
        Purchases = new PurchaseStep(operation, new PlanningStep(operation));
        LicenseMoves = new LicenseMoveStep(operation);
        Suspensions = new SuspensionStep(operation);
        Readiness = new ReadinessStep(operation, new EndingSelector(operation).Foresee);
        Changes = new SubscriptionChangeStep(operation);
        Catalog = new CatalogStep(operation);
        Relationships = new RelationshipStep(operation);
        Undo = new UndoStep(operation);
        Status = new MigrationStatusReader(operation);
        Runs = new MigrationRunStep(operation, Status, StepsFor);
        Operation = operation;
    }

    /// <summary>What the steps share.</summary>
    internal MigrationOperation Operation { get; }

    /// <summary>Finds customers by name.</summary>
    public CustomerDirectory Customers { get; }

    /// <summary>Finds what expires.</summary>
    public ExpiringSubscriptionFinder Discovery { get; }

    /// <summary>Buys the target.</summary>
    public PurchaseStep Purchases { get; }

    /// <summary>Moves users' licenses.</summary>
    public LicenseMoveStep LicenseMoves { get; }

    /// <summary>Suspends the source.</summary>
    public SuspensionStep Suspensions { get; }

    /// <summary>Shows whether a source can be migrated.</summary>
    public ReadinessStep Readiness { get; }

    /// <summary>Changes a subscription on its own.</summary>
    public SubscriptionChangeStep Changes { get; }

    /// <summary>Lists what is on sale.</summary>
    public CatalogStep Catalog { get; }

    /// <summary>Prepares a reseller relationship.</summary>
    public RelationshipStep Relationships { get; }

    /// <summary>Takes a migration back.</summary>
    public UndoStep Undo { get; }

    /// <summary>Makes all steps for many customers.</summary>
    public MigrationRunStep Runs { get; }

    /// <summary>Shows where migrations stand.</summary>
    public MigrationStatusReader Status { get; }

    /// <summary>
    /// Runs one command's work on a session. Closing the session cancels it, and waits for its end before anything is freed that it uses.
    /// </summary>
    /// <param name="session">The connection.</param>
    /// <param name="observer">Hears what is done.</param>
    /// <param name="work">The work, with a token that closing cancels too.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="CspMigrationException"><c>NotConnected</c>: the session is closed, or was closed meanwhile; and whatever the work throws.</exception>
    public static Task RunAsync(
        PartnerSession session, IOperationObserver observer, Func<MigrationClient, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        return session.RunAsync(observer, (operation, token) => work(new MigrationClient(operation), token), cancellationToken);
    }

    /// <summary>Begins an operation that the caller ends before it closes the session.</summary>
    public static MigrationClient Begin(PartnerSession session, IOperationObserver observer) => new(session.Begin(observer));

    private static RunSteps StepsFor(MigrationOperation operation)
    {
        var client = new MigrationClient(operation);
        return new RunSteps(operation, client.Purchases, client.LicenseMoves, client.Suspensions);
    }
}
