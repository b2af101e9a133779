using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Connections;

/// <summary>
/// Which session belongs to which runspace, and to which <see cref="CspPartner"/> that Connect-CspPartner gave out.
/// Nothing is kept longer than its runspace or its object.
/// </summary>
internal static class ConnectionTable
{
    private static readonly ConditionalWeakTable<Runspace, PartnerSession> ByRunspace = new();
    private static readonly ConditionalWeakTable<CspPartner, PartnerSession> ByContext = new();

    /// <summary>The runspace's session; null where it has none.</summary>
    public static PartnerSession? Current => ByRunspace.TryGetValue(Runspace.DefaultRunspace, out var session) && !session.IsClosed ? session : null;

    /// <summary>The session a context was given out for; null where there is none any more.</summary>
    public static PartnerSession? Find(CspPartner context) => ByContext.TryGetValue(context, out var session) && !session.IsClosed ? session : null;

    /// <summary>Makes a session the runspace's own, in place of the one before.</summary>
    public static void Set(PartnerSession session)
    {
        Remove();
        ByRunspace.Add(Runspace.DefaultRunspace, session);
        ByContext.Add(session.Partner, session);
    }

    /// <summary>Closes the runspace's session.</summary>
    public static void Remove()
    {
        if (ByRunspace.TryGetValue(Runspace.DefaultRunspace, out var session))
        {
            _ = ByRunspace.Remove(Runspace.DefaultRunspace);
            session.Dispose();
        }
    }
}
