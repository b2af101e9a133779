using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Run;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Makes all steps of the migration for many customers at once: asks once, with totals; the same command again resumes.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SubscriptionMigration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = WithinSet)]
[OutputType(typeof(SubscriptionMigration))]
public sealed class InvokeSubscriptionMigrationCommand : DiscoveringCommand
{
    private const string SourceSet = "Source";
    private const string IdSet = "Id";

    private readonly List<ExpiringSubscription> _rows = [];
    private readonly List<ExpiringSubscription> _plannedRows = [];
    private bool _hasInput;

    /// <summary>The source, as Get-ExpiringSubscription gave it. Without one, sources are looked for.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet)]
    [ExpectsOutputOf(typeof(InvokeSubscriptionMigrationCommand), "Get-ExpiringSubscription")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ExpiringSubscription? InputObject { get; set; }

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>Customers by id, company name or domain, wildcards allowed. Not given at all, it means all customers.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Parameter(ParameterSetName = WithinSet)]
    [Parameter(ParameterSetName = BeforeSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CustomerNameCompleter))]
    public string[]? CustomerId { get; set; }

    /// <summary>The source subscription's id, as sources call it or, by the alias, migrations and targets.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("SourceSubscriptionId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SubscriptionId { get; set; }

    /// <summary>Whether the record is a planned one: then nothing is changed. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsPlanned { get; set; }

    /// <summary>The target, by name, offer id, product:sku, directory SKU or part number. The default is the SKU map's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetCompleter))]
    public string? Target { get; set; }

    /// <summary>Buys as many seats as there are users to move, but no fewer than the target is sold with.</summary>
    [Parameter]
    public SwitchParameter RightSize { get; set; }

    /// <summary>The billing cycle. The default is each source's.</summary>
    [Parameter]
    [ValidateSet("Monthly", "Annual")]
    public string? BillingCycle { get; set; }

    /// <summary>The term as an ISO 8601 period: P1M, P1Y or P3Y. The default is each source's, else P1Y.</summary>
    [Parameter]
    [ValidateTerm]
    [ArgumentCompleter(typeof(TermCompleter))]
    public string? Term { get; set => field = value?.ToUpperInvariant(); }

    /// <summary>Which commerce may be used. Auto buys legacy while it is sold there, else through new commerce.</summary>
    [Parameter]
    [CommerceArgument]
    public CommerceChoice Commerce { get; set; }

    /// <summary>How a source of new commerce gets its target: a purchase beside it, the service's own transition in place, or a change at its renewal. Auto takes a transition where it covers all seats and moves the licenses.</summary>
    [Parameter]
    public MigrationMethod Method { get; set; }

    /// <summary>Gives users who have none this usage location, ISO 3166 two letters; <c>Customer</c> for the customer's country.</summary>
    [Parameter]
    [ValidateUsageLocation]
    [ArgumentCompleter(typeof(UsageLocationCompleter))]
    public string? UsageLocation { get; set; }

    /// <summary>What is done about licenses that users have from a group: they are reported, or the group assigns the target's license in place of the source's.</summary>
    [Parameter]
    public GroupLicenseChoice GroupLicense { get; set; }

    /// <summary>How many minutes to wait for a target's seats, and for the members of a group.</summary>
    [Parameter]
    [ValidateRange(0, 1440)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int ProvisioningTimeout { get; set; } = 60;

    /// <summary>Leaves the sources to expire at the end of their terms, because nothing is refunded.</summary>
    [Parameter]
    public SwitchParameter AtTermEnd { get; set; }

    /// <summary>The last step to make. The same command again without it goes on from there.</summary>
    [Parameter]
    public MigrationStage? StopAfter { get; set; }

    /// <summary>How many purchases the run may make, reactivations, enlargements and conversions among them; where it would need more, nothing is bought.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int? MaximumPurchases { get; set; }

    /// <summary>How many seats the run may buy in all; where it would need more, nothing is bought.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int? MaximumSeats { get; set; }

    private ChangeGate Gate => field ??= new ChangeGate(this);

    private MigrationSources Sources => field ??= new MigrationSources(this);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        _hasInput = true;
        switch (ParameterSetName)
        {
            case SourceSet:
                Enqueue(InputObject, InputObject?.IsPlanned == true ? _plannedRows : _rows);
                break;
            case IdSet:
                if (CustomerId!.Length > 1)
                {
                    Terminate(ErrorCatalog.Create("OneCustomerNeeded", $"The subscription {SubscriptionId} can belong to one customer only, and {CustomerId.Length} were specified."), SubscriptionId);
                }

                Enqueue(ReadRow(PartnerTenantId, CustomerId![0], SubscriptionId!), Flag.IsPlan(IsPlanned) ? _plannedRows : _rows);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName is WithinSet or BeforeSet && !MyInvocation.ExpectingInput)
        {
            Discover();
        }
        else if (NothingCame(_hasInput))
        {
            Sources.WarnOfNothing("no subscription came from the pipeline.");
        }

        ProcessRows(_plannedRows, isPlanned: true);
        ProcessRows(_rows, isPlanned: false);
    }

    private void Enqueue(ExpiringSubscription? row, List<ExpiringSubscription> rows)
    {
        if (row is not null && Sources.TryAdd(row))
        {
            rows.Add(row);
        }
    }

    private void Discover()
    {
        var isComplete = TryDiscover(QueryFor(CustomerId), (rows, _) =>
        {
            _rows.AddRange(rows);
            return Task.CompletedTask;
        });
        if (isComplete && _rows.Count == 0)
        {
            Sources.WarnOfNothing("no subscription was found that expires.");
        }
    }

    private void ProcessRows(List<ExpiringSubscription> rows, bool isPlanned)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var plan = Plan(rows);
        Sources.ReportUnmapped(plan.Unmapped);
        _ = Gate.TryChange(target: null, (client, sink, confirmer, token) =>
            client.Runs.RunAsync(plan, isPlanned, confirmer, sink.OutputAsync, (row, error) => sink.Error(error, row), token));
    }

    private MigrationRunPlan Plan(List<ExpiringSubscription> rows)
    {
        try
        {
            return Operate((client, _, token) => client.Runs.PlanAsync(rows, Options(), token));
        }
        catch (CspMigrationException e)
        {
            Terminate(e);
            throw;
        }
    }

    private MigrationRunOptions Options()
    {
        return new MigrationRunOptions
        {
            Purchases = new PurchaseOptions { Target = Target, RightSize = RightSize, BillingCycle = BillingCycle, Term = Term, Commerce = Commerce, Method = Method },
            LicenseMoves = new LicenseMoveOptions { UsageLocation = UsageLocation, GroupLicense = GroupLicense, ProvisioningTimeout = TimeSpan.FromMinutes(ProvisioningTimeout) },
            Suspensions = new SuspensionOptions { AtTermEnd = AtTermEnd },
            StopAfter = StopAfter,
            CustomersAtOnce = ThrottleLimit,
            MaximumPurchases = MaximumPurchases,
            MaximumSeats = MaximumSeats,
        };
    }
}
