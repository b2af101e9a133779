using System;
using CspMigration.Core.Catalog;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Discovery;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.Migration.Standing;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Migration.Undo;
using CspMigration.Core.Migration.WholeRun;
using CspMigration.Core.PartnerCenter;

namespace CspMigration.Core.Sessions;

/// <summary>One command's work on a session: its calls share a trace id, and its listener hears of them.</summary>
public sealed class MigrationOperation
{
    internal MigrationOperation(PartnerSession session, PartnerCenterClient client, IOperationObserver observer)
    {
        Session = session;
        Client = client;
        Observer = observer;
        Customers = new CustomerDirectory(this);
        Discovery = new ExpiringSubscriptionFinder(this);
        Purchases = new PurchaseStep(this);
        LicenseMoves = new LicenseMoveStep(this);
        Suspensions = new SuspensionStep(this);
        Readiness = new ReadinessStep(this);
        Changes = new SubscriptionChanges(this);
        Catalog = new CatalogStep(this);
        Relationships = new RelationshipStep(this);
        Undo = new UndoStep(this);
        Runs = new MigrationRunStep(this);
        Standing = new StandingStep(this);
    }

    /// <summary>The connection.</summary>
    public PartnerSession Session { get; }

    /// <summary>Finds customers by name.</summary>
    public CustomerDirectory Customers { get; }

    /// <summary>Finds what expires.</summary>
    public ExpiringSubscriptionFinder Discovery { get; }

    /// <summary>Buys the successor.</summary>
    public PurchaseStep Purchases { get; }

    /// <summary>Moves users' licences.</summary>
    public LicenseMoveStep LicenseMoves { get; }

    /// <summary>Suspends the old subscription.</summary>
    public SuspensionStep Suspensions { get; }

    /// <summary>Shows whether a source can be migrated.</summary>
    public ReadinessStep Readiness { get; }

    /// <summary>Changes a subscription on its own.</summary>
    public SubscriptionChanges Changes { get; }

    /// <summary>Lists what is on sale.</summary>
    public CatalogStep Catalog { get; }

    /// <summary>Prepares a reseller relationship.</summary>
    public RelationshipStep Relationships { get; }

    /// <summary>Takes a migration back.</summary>
    public UndoStep Undo { get; }

    /// <summary>Makes all steps for many customers.</summary>
    public MigrationRunStep Runs { get; }

    /// <summary>Shows where migrations stand.</summary>
    public StandingStep Standing { get; }

    /// <summary>The same operation, its steps heard by another listener.</summary>
    internal MigrationOperation With(IOperationObserver observer) => new(Session, Client, observer);

    internal PartnerCenterClient Client { get; }

    internal IOperationObserver Observer { get; }

    internal IJournal Journal => Session.Journal;

    internal TimeProvider Time => Session.Options.Time;

    internal string PartnerTenantId => Session.Partner.PartnerTenantId;
}
