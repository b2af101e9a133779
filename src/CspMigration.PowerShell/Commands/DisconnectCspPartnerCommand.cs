using System.Management.Automation;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Execution;

namespace CspMigration.PowerShell.Commands;

/// <summary>Closes the runspace's connection and frees its journal.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "CspPartner")]
[OutputType(typeof(void))]
public sealed class DisconnectCspPartnerCommand : CspCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => ConnectionTable.Remove();
}
