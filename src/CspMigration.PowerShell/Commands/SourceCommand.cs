using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that works on sources: as Get-ExpiringSubscription gave them, or named by their ids.</summary>
public abstract class SourceCommand : ConnectedCommand
{
    private protected const string SourceSet = "Source";
    private protected const string IdSet = "Id";

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The source subscription's id, as sources call it or, by the alias, migrations and targets.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("SourceSubscriptionId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SubscriptionId { get; set; }

    /// <summary>As many seats as there are users to move, but no fewer than the target is sold with.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    public SwitchParameter RightSize { get; set; }

    /// <summary>How a source of new commerce gets its target: a purchase beside it, the service's own transition in place, or a change at its renewal. Auto takes a transition where it covers all seats and moves the licenses.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    public MigrationMethod Method { get; set; }
}
