using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Connections;

/// <summary>
/// Which session belongs to which runspace, and to which <see cref="CspPartner"/> that Connect-CspPartner gave out.
/// A session is closed with its runspace, so that the journal's lock is not held until the process ends.
/// </summary>
internal static class ConnectionTable
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceConnection> ByRunspace = new();
    private static readonly ConditionalWeakTable<CspPartner, PartnerSession> ByContext = new();

    /// <summary>The runspace's session; null where it has none.</summary>
    public static PartnerSession? Current => ByRunspace.TryGetValue(Runspace.DefaultRunspace, out var connection) ? OpenOnly(connection.Session) : null;

    /// <summary>The session a context was given out for; null where there is none any more.</summary>
    public static PartnerSession? Find(CspPartner context) => ByContext.TryGetValue(context, out var session) ? OpenOnly(session) : null;

    /// <summary>Makes a session the runspace's own, in place of the one before.</summary>
    public static void Set(PartnerSession session)
    {
        Remove();
        ByRunspace.Add(Runspace.DefaultRunspace, new RunspaceConnection(Runspace.DefaultRunspace, session));
        ByContext.Add(session.Partner, session);
    }

    /// <summary>Closes the runspace's session.</summary>
    public static void Remove()
    {
        if (ByRunspace.TryGetValue(Runspace.DefaultRunspace, out var connection))
        {
            _ = ByRunspace.Remove(Runspace.DefaultRunspace);
            connection.Dispose();
        }
    }

    private static PartnerSession? OpenOnly(PartnerSession session) => session.IsClosed ? null : session;
}
