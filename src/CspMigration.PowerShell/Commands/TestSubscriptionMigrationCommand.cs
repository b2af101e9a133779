using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows whether expiring subscriptions can be migrated now: the checks of the real run, one by one. Sends nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SubscriptionMigration", DefaultParameterSetName = SourceSet)]
[OutputType(typeof(MigrationReadiness))]
public sealed class TestSubscriptionMigrationCommand : ConnectedCommand
{
    private const string SourceSet = "Source";
    private const string IdSet = "Id";

    private readonly List<ExpiringSubscription> _rows = [];

    /// <summary>The source, as Get-ExpiringSubscription gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet)]
    [ExpectsOutputOf(typeof(TestSubscriptionMigrationCommand), "Get-ExpiringSubscription")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ExpiringSubscription? InputObject { get; set; }

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomerCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The source subscription's id, as sources call it or, by the alias, migrations and targets.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("SourceSubscriptionId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SubscriptionId { get; set; }

    /// <summary>The target that would be asked for. The default is the SKU map's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string? Target { get; set; }

    /// <summary>The number of seats that would be asked for. The default is the source's.</summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int? Quantity { get; set; }

    /// <summary>As many seats as there are users to move.</summary>
    [Parameter]
    public SwitchParameter RightSize { get; set; }

    /// <summary>The billing cycle that would be asked for. The default is the source's.</summary>
    [Parameter]
    [ValidateSet("Monthly", "Annual")]
    public string? BillingCycle { get; set; }

    /// <summary>The term that would be asked for. The default is the source's.</summary>
    [Parameter]
    [ValidateTerm]
    [ArgumentCompleter(typeof(TermCompleter))]
    public string? Term { get; set => field = value?.ToUpperInvariant(); }

    /// <summary>New commerce: the day on which the term would be asked to end.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [DayArgument]
    public DateTime? TermEndDate { get; set; }

    /// <summary>Add-ons that would be bought with the target, by offer id or name, with the number of units behind an equals sign ('Name=5') or in a hashtable (@{ 'Name' = 5 }).</summary>
    [Parameter]
    [AddOnArgument]
    [ValidateNotNullOrEmpty]
    [ValidateAddOn]
    [ArgumentCompleter(typeof(AddOnCompleter))]
    public string[] AddOn { get; set; } = [];

    /// <summary>The reseller of record that would be asked for. The default is the source's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerIdOnRecord { get; set; }

    /// <summary>Which commerce might be used.</summary>
    [Parameter]
    [CommerceArgument]
    public CommerceChoice Commerce { get; set; }

    /// <summary>How a source of new commerce gets its target: a purchase beside it, the service's own transition in place, or a change at its renewal. Auto takes a transition where it covers all seats and moves the licenses.</summary>
    [Parameter]
    public MigrationMethod Method { get; set; }

    /// <summary>What would be done about licenses that users have from a group: they are reported, or the group assigns the target's license in place of the source's.</summary>
    [Parameter]
    public GroupLicenseChoice GroupLicense { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var row = ParameterSetName == SourceSet ? InputObject : ReadRow(PartnerTenantId, CustomerId!, SubscriptionId!);
        if (row is null || !IsOurs(row.PartnerTenantId, row))
        {
            return;
        }

        if (_rows.Count > 0 && !string.Equals(_rows[0].CustomerId, row.CustomerId, StringComparison.OrdinalIgnoreCase))
        {
            Finish();
        }

        _rows.Add(row);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_rows.Count > 0)
        {
            Finish();
        }
    }

    private void Finish()
    {
        var rows = _rows.ToArray();
        _rows.Clear();
        var options = new PurchaseOptions
        {
            Target = Target,
            Quantity = Quantity,
            RightSize = RightSize,
            BillingCycle = BillingCycle,
            Term = Term,
            TermEndDate = UtcMoment.OfDay(TermEndDate),
            AddOns = [.. AddOn.Select(AddOnChoice.Parse)],
            PartnerIdOnRecord = PartnerIdOnRecord,
            Commerce = Commerce,
            Method = Method,
        };
        WriteResults(TryOperate(rows[0], (client, _, token) => client.Readiness.CheckAsync(rows, options, GroupLicense, token)) ?? []);
    }
}
