using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Loading;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows the runspace's connection, nothing where there is none; or which libraries the module works with.</summary>
[Cmdlet(VerbsCommon.Get, "CspPartner")]
[OutputType(typeof(CspPartner), typeof(LoadedLibrary))]
public sealed class GetCspPartnerCommand : CspCommand
{
    /// <summary>Lists the module's libraries and every other copy of them in this process, with versions, files and load contexts.</summary>
    [Parameter]
    public SwitchParameter Diagnostic { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Diagnostic)
        {
            WriteResults(LoadedLibraries.Find());
        }
        else if (ConnectionTable.Current is { } session)
        {
            WriteResult(session.Partner);
        }
    }
}
