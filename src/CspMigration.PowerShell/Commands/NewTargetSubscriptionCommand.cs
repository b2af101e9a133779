using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Migration;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Commands;

/// <summary>Buys the successor of each expiring subscription, or finds the one an earlier run bought.</summary>
[Cmdlet(VerbsCommon.New, "TargetSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = SourceSet)]
[OutputType(typeof(TargetSubscription))]
public sealed class NewTargetSubscriptionCommand : ChangingCommand
{
    private const string SourceSet = "Source";
    private const string IdSet = "Id";

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ExpiringSubscription> _rows = [];
    private bool _isPlanned;
    private int _unmapped;

    /// <summary>The source, as Get-ExpiringSubscription gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet)]
    [ValidateNotNull]
    public ExpiringSubscription? InputObject { get; set; }

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer's tenant id.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string? CustomerId { get; set; }

    /// <summary>The source subscription's id.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string? SubscriptionId { get; set; }

    /// <summary>Whether the record is a planned one: then nothing is bought. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    public string? IsPlanned { get; set; }

    /// <summary>The successor, by name, offer id, directory SKU or part number. The default is the SKU map's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>Number of seats. The default is the source's.</summary>
    [Parameter]
    [ValidateRange(1, 1000000)]
    public int? Quantity { get; set; }

    /// <summary>The billing cycle. The default is the source's.</summary>
    [Parameter]
    [ValidateSet("Monthly", "Annual")]
    public string? BillingCycle { get; set; }

    /// <summary>The Microsoft partner id of the reseller of record. The default is the source's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PartnerIdOnRecord { get; set; }

    /// <summary>What stands before the mark in the purchase's friendly name. The default is the successor's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FriendlyName { get; set; }

    /// <summary>Returns only when the seats are there.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var row = ParameterSetName == SourceSet ? InputObject : ReadRow();
        if (row is null || !IsOurs(row.PartnerTenantId, row))
        {
            return;
        }

        if (!_seen.Add($"{row.CustomerId}/{row.SubscriptionId}"))
        {
            WriteVerbose($"{row} has been dealt with already.");
            return;
        }

        // A customer is acted on when its last row has come, so that two sources with one target are seen together.
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

        if (_unmapped > 0)
        {
            WriteWarning(string.Format(
                CultureInfo.CurrentCulture,
                "{0} subscriptions are left out: the SKU map has no row for them. Name a target with -Target, or load a map that has the product.",
                _unmapped));
        }
    }

    private ExpiringSubscription? ReadRow()
    {
        if (!IsOurs(PartnerTenantId, SubscriptionId))
        {
            return null;
        }

        ExpiringSubscription? row = null;
        _ = TryOperate(SubscriptionId, async (operation, _, token) => row = await operation.Discovery.ReadAsync(CustomerId!, SubscriptionId!, token).ConfigureAwait(false));
        _isPlanned |= Flag.IsSet(IsPlanned);
        return row;
    }

    private void Finish()
    {
        var rows = _rows.ToArray();
        _rows.Clear();
        PurchasePlanning? planning = null;
        if (!TryOperate(rows[0], async (operation, _, token) => planning = await operation.Purchases.PlanAsync(rows, Options(), token).ConfigureAwait(false)))
        {
            return;
        }

        _unmapped += planning!.Unmapped.Count;
        foreach (var failure in planning.Failures)
        {
            WriteError(ErrorRecords.From(failure.Value, failure.Key));
        }

        foreach (var plan in planning.Plans)
        {
            Carry(plan);
        }

        _isPlanned = false;
    }

    private void Carry(PurchasePlan plan)
    {
        var answer = _isPlanned ? GateAnswer.Plan
            : plan.NeedsWrite ? Ask(plan.ActionText, plan.CustomerText)
            : IsWhatIf() ? GateAnswer.Plan
            : GateAnswer.Go;
        switch (answer)
        {
            case GateAnswer.Plan:
                WriteObject(plan.ToPlanned(), enumerateCollection: true);
                break;
            case GateAnswer.Go:
                _ = TryOperate(plan.Rows[0], async (operation, sink, token) =>
                {
                    foreach (var target in await operation.Purchases.ExecuteAsync(plan, Wait, token).ConfigureAwait(false))
                    {
                        sink.Output(target);
                    }
                });
                break;
        }
    }

    private PurchaseOptions Options()
    {
        return new PurchaseOptions
        {
            Target = Target,
            Quantity = Quantity,
            BillingCycle = BillingCycle,
            PartnerIdOnRecord = PartnerIdOnRecord,
            FriendlyName = FriendlyName,
        };
    }
}
