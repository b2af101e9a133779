using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Connections;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows the runspace's connection; nothing where there is none.</summary>
[Cmdlet(VerbsCommon.Get, "CspPartner")]
[OutputType(typeof(CspPartner))]
public sealed class GetCspPartnerCommand : CspCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ConnectionTable.Current is { } session)
        {
            WriteObject(session.Partner);
        }
    }
}
