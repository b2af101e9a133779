using System;
using CspMigration.PartnerCenter.Observation;

namespace CspMigration.PartnerCenter.Http;

/// <summary>On whose behalf calls are made: one user-level operation and who listens to it.</summary>
internal sealed class CallContext
{
    public CallContext(Guid correlationId, IOperationObserver observer)
    {
        CorrelationId = correlationId.ToString();
        Observer = observer;
    }

    /// <summary>The trace id all calls of the operation share.</summary>
    public string CorrelationId { get; }

    public IOperationObserver Observer { get; }
}
