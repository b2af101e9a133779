using System;
using System.Collections.Generic;
using CspMigration.Core.Journal;
using CspMigration.PartnerCenter;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.Core.Sessions;

/// <summary>
/// One command's work on a session, which every part of a step is given: its calls share a trace id, and its listener hears of them.
/// It names no step; <see cref="MigrationClient"/> puts those together.
/// </summary>
public sealed class MigrationOperation
{
    private readonly Dictionary<Type, object> _kept = [];

    internal MigrationOperation(PartnerSession session, PartnerCenterClient client, CallContext call, IOperationObserver observer)
    {
        Session = session;
        Client = client;
        Call = call;
        Observer = observer;
    }

    /// <summary>The connection.</summary>
    public PartnerSession Session { get; }

    /// <summary>The same operation, heard by another listener.</summary>
    internal MigrationOperation With(IOperationObserver observer) => new(Session, Client, Call, observer);

    /// <summary>What its calls belong to.</summary>
    internal CallContext Call { get; }

    /// <summary>What its parts share for as long as it lasts.</summary>
    internal T Kept<T>()
        where T : class, new()
    {
        lock (_kept)
        {
            if (!_kept.TryGetValue(typeof(T), out var kept))
            {
                _kept[typeof(T)] = kept = new T();
            }

            return (T)kept;
        }
    }

    internal PartnerCenterClient Client { get; }

    internal IOperationObserver Observer { get; }

    internal IJournal Journal => Session.Journal;

    internal TimeProvider Time => Session.Options.Time;

    internal string PartnerTenantId => Session.Partner.PartnerTenantId;
}
