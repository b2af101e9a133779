using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Changes;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Purchasing;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;
using CspMigration.PowerShell.Plans;

namespace CspMigration.PowerShell.Commands;

/// <summary>Gets each expiring subscription its target: bought, or found where an earlier run bought it.</summary>
[Cmdlet(VerbsCommon.New, "TargetSubscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = SourceSet)]
[OutputType(typeof(TargetSubscription))]
public sealed class NewTargetSubscriptionCommand : ConnectedCommand
{
    private const string SourceSet = "Source";
    private const string IdSet = "Id";
    private const string NewSet = "New";
    private const string PlanSet = "Plan";

    private readonly List<ExpiringSubscription> _rows = [];
    private readonly List<ExpiringSubscription> _plannedRows = [];
    private readonly List<KeyValuePair<ExpiringSubscription, CspMigrationException>> _unmapped = [];
    private string? _customerId;
    private bool _hasInput;

    /// <summary>The source, as Get-ExpiringSubscription gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet)]
    [ExpectsOutputOf(typeof(NewTargetSubscriptionCommand), "Get-ExpiringSubscription")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ExpiringSubscription? InputObject { get; set; }

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Parameter(Mandatory = true, ParameterSetName = NewSet)]
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

    /// <summary>Whether the record is a planned one: then nothing is bought. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsPlanned { get; set; }

    /// <summary>An approved plan: the planned objects of an earlier -WhatIf run, saved as JSON (ConvertTo-Json -Depth 6) or CliXml. Exactly it is bought.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string? Plan { get; set; }

    /// <summary>The target, by name, offer id, product:sku, directory SKU or part number. The default is the SKU map's.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string? Target { get; set; }

    /// <summary>Number of seats. The default is the source's.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateRange(1, 1000000)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int? Quantity { get; set; }

    /// <summary>Buys as many seats as there are users to move, but no fewer than the target is sold with.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    public SwitchParameter RightSize { get; set; }

    /// <summary>The billing cycle. The default is the source's.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateSet("Monthly", "Annual")]
    public string? BillingCycle { get; set; }

    /// <summary>The term as an ISO 8601 period: P1M, P1Y or P3Y. The default is the source's, else P1Y.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateTerm]
    [ArgumentCompleter(typeof(TermCompleter))]
    public string? Term { get; set => field = value?.ToUpperInvariant(); }

    /// <summary>New commerce: the day the term shall end, so that it ends together with others.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [DayArgument]
    public DateTime? TermEndDate { get; set; }

    /// <summary>Add-ons to buy with the target, by offer id or name, with the number of units behind an equals sign ('Name=5') or in a hashtable (@{ 'Name' = 5 }).</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [AddOnArgument]
    [ValidateNotNullOrEmpty]
    [ValidateAddOn]
    [ArgumentCompleter(typeof(AddOnCompleter))]
    public string[] AddOn { get; set; } = [];

    /// <summary>The Microsoft partner id of the reseller of record. The default is the source's.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerIdOnRecord { get; set; }

    /// <summary>What stands before the mark in the purchase's friendly name. The default is the target's name.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? FriendlyName { get; set; }

    /// <summary>Which commerce may be used. Auto buys legacy while it is sold there, else through new commerce.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = NewSet)]
    [CommerceArgument]
    public CommerceChoice Commerce { get; set; }

    /// <summary>How a source of new commerce gets its target: a purchase beside it, the service's own transition in place, or a change at its renewal. Auto takes a transition where it covers all seats and moves the licenses.</summary>
    [Parameter(ParameterSetName = SourceSet)]
    [Parameter(ParameterSetName = IdSet)]
    public MigrationMethod Method { get; set; }

    /// <summary>Returns only when the seats are there.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private ChangeGate Gate => field ??= new ChangeGate(this);

    private MigrationSources Sources => field ??= new MigrationSources(this);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        _hasInput = true;
        switch (ParameterSetName)
        {
            case NewSet:
                BuyWithoutSource();
                break;
            case PlanSet:
                BuyApproved();
                break;
            case SourceSet:
                Enqueue(InputObject, InputObject?.IsPlanned == true ? _plannedRows : _rows);
                break;
            default:
                Enqueue(ReadRow(PartnerTenantId, CustomerId!, SubscriptionId!), Flag.IsPlan(IsPlanned) ? _plannedRows : _rows);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Finish();
        Sources.ReportUnmapped(_unmapped);
        if (NothingCame(_hasInput))
        {
            Sources.WarnOfNothing("no subscription came from the pipeline.");
        }
    }

    private void Enqueue(ExpiringSubscription? row, List<ExpiringSubscription> rows)
    {
        if (row is null || !Sources.TryAdd(row))
        {
            return;
        }

        // A customer is acted on when its last row has come, so that two sources with one target are seen together.
        if (!string.Equals(_customerId, row.CustomerId, StringComparison.OrdinalIgnoreCase))
        {
            Finish();
            _customerId = row.CustomerId;
        }

        rows.Add(row);
    }

    // What is planned only comes last: it sees what was bought.
    private void Finish()
    {
        Finish(_rows, isPlanned: false);
        Finish(_plannedRows, isPlanned: true);
    }

    private void Finish(List<ExpiringSubscription> rows, bool isPlanned)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var customer = rows.ToArray();
        rows.Clear();
        _ = Gate.TryChange(customer[0], (client, sink, confirmer, token) =>
            client.Purchases.RunAsync(customer, Options(), Handlers(customer[0].CustomerId, sink, confirmer, isPlanned), token));
    }

    // Not mandatory parameters: the engine would only say that no parameter set fits.
    private void RequireTargetAndQuantity()
    {
        if (Target is null || Quantity is null)
        {
            Terminate(ErrorCatalog.Create("SourceOrPurchaseNeeded", "Beside a customer, -SubscriptionId, or both -Target and -Quantity, are needed."), CustomerId);
        }
    }

    private void BuyWithoutSource()
    {
        RequireTargetAndQuantity();
        if (FindCustomer(CustomerId!) is { } customer)
        {
            _ = Gate.TryChange(customer, (client, sink, confirmer, token) =>
                client.Purchases.RunWithoutSourceAsync(customer, Options(), Handlers(customer, sink, confirmer), token));
        }
    }

    private void BuyApproved()
    {
        IReadOnlyList<PlannedRow> rows;
        try
        {
            // Resolved as it is written, wildcards and all: a file that is not there is PowerShell's own error.
            rows = SavedPlan.Read(GetResolvedProviderPathFromPSPath(WildcardPattern.Escape(Plan), out _)[0]);
        }
        catch (ItemNotFoundException e)
        {
            ThrowTerminatingError(e.ErrorRecord);
            return;
        }
        catch (CspMigrationException e)
        {
            Terminate(e, Plan);
            return;
        }

        if (rows.Count == 0)
        {
            Warn($"The plan {Plan} has no row: nothing is bought.");
        }

        foreach (var customer in rows.Where(row => IsOurs(row.PartnerTenantId, row.Place)).GroupBy(row => row.CustomerId, StringComparer.OrdinalIgnoreCase))
        {
            _ = Gate.TryChange(customer.Key, (client, sink, confirmer, token) =>
                client.Purchases.RunApprovedAsync([.. customer], Handlers(customer.Key, sink, confirmer), token));
        }
    }

    private PurchaseHandlers Handlers(string? customer, CommandSink sink, IConfirmer confirmer, bool isPlanned = false)
    {
        return new PurchaseHandlers
        {
            Confirmer = confirmer,
            IsPlanned = isPlanned,
            Wait = Wait,
            Completed = target => sink.OutputAsync(() => WriteResult(target)),
            Failed = (rows, error) => sink.Error(error, rows.Count > 0 ? rows[0] : customer),
            LeftOut = (row, error) => _unmapped.Add(new(row, error)),
        };
    }

    private PurchaseOptions Options()
    {
        return new PurchaseOptions
        {
            Target = Target,
            Quantity = Quantity,
            RightSize = RightSize,
            BillingCycle = BillingCycle,
            Term = Term,
            TermEndDate = UtcMoment.OfDay(TermEndDate),
            AddOns = [.. AddOn.Select(AddOnChoice.Parse)],
            PartnerIdOnRecord = PartnerIdOnRecord,
            FriendlyName = FriendlyName,
            Commerce = Commerce,
            Method = Method,
        };
    }
}
