using System;
using System.Management.Automation.Runspaces;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Connections;

/// <summary>A session that ends with its runspace, such as one of ForEach-Object -Parallel, at the latest.</summary>
internal sealed class RunspaceConnection : IDisposable
{
    private readonly Runspace _runspace;

    public RunspaceConnection(Runspace runspace, PartnerSession session)
    {
        _runspace = runspace;
        Session = session;
        runspace.StateChanged += OnStateChanged;
    }

    public PartnerSession Session { get; }

    public void Dispose()
    {
        _runspace.StateChanged -= OnStateChanged;
        Session.Dispose();
    }

    private void OnStateChanged(object sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            Dispose();
        }
    }
}
