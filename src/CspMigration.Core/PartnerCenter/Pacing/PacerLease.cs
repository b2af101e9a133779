using System;

namespace CspMigration.Core.PartnerCenter.Pacing;

/// <summary>A pacer for as long as a connection needs it.</summary>
internal sealed class PacerLease : IDisposable
{
    private Action? _end;

    public PacerLease(RequestPacer pacer, Action end)
    {
        Pacer = pacer;
        _end = end;
    }

    public RequestPacer Pacer { get; }

    public void Dispose()
    {
        _end?.Invoke();
        _end = null;
    }
}
