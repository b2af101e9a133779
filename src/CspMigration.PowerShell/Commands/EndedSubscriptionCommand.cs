using System.Management.Automation;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that ends the source of a migration, or takes the end back: named by a saved record of the migration, or by its ids.</summary>
public abstract class EndedSubscriptionCommand : ConnectedCommand
{
    private protected const string MoveSet = "LicenseMove";
    private protected const string SavedMoveSet = "SavedLicenseMove";
    private protected const string IdSet = "Id";

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomerCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The source, also from what Suspend-Subscription gave.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SubscriptionId { get; set; }

    /// <summary>The source, from a saved migration or license move.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SourceSubscriptionId { get; set; }

    /// <summary>The target, from a saved migration or license move: where it is the source itself, there is nothing to end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? TargetSubscriptionId { get; set; }

    /// <summary>Whether the record is a planned one: then nothing is changed. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsPlanned { get; set; }
}
