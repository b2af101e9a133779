using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that changes one subscription, named by its ids.</summary>
public abstract class SubscriptionCommand : ConnectedCommand
{
    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomerCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The subscription's id. Which of the two a record of a migration means, each cmdlet says with an alias.</summary>
    public abstract string? SubscriptionId { get; set; }

    /// <summary>Whether the record is a planned one: then nothing is changed. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsPlanned { get; set; }

    private protected ChangeGate Gate => field ??= new ChangeGate(this);

    /// <summary>The subscription as it is now; null where it cannot be read, or is another partner's, which is reported.</summary>
    private protected ExpiringSubscription? ReadRow() => ReadRow(PartnerTenantId, CustomerId!, SubscriptionId!);
}
