using System;
using CspMigration.Core.Journal;
using CspMigration.PartnerCenter;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Sessions;

/// <summary>
/// One command's work on a session, which every part of a step is given: its calls share a trace id, and its listener hears of them.
/// It names no step; <see cref="MigrationClient"/> puts those together.
/// </summary>
public sealed class MigrationOperation
{
    internal MigrationOperation(PartnerSession session, PartnerCenterClient client, IOperationObserver observer)
    {
        Session = session;
        Client = client;
        Observer = observer;
    }

    /// <summary>The connection.</summary>
    public PartnerSession Session { get; }

    /// <summary>The same operation, heard by another listener.</summary>
    internal MigrationOperation With(IOperationObserver observer) => new(Session, Client, observer);

    internal PartnerCenterClient Client { get; }

    internal IOperationObserver Observer { get; }

    internal IJournal Journal => Session.Journal;

    internal TimeProvider Time => Session.Options.Time;

    internal string PartnerTenantId => Session.Partner.PartnerTenantId;
}
