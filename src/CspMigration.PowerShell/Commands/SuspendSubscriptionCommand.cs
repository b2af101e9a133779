using System.Collections.Generic;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Suspension;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Suspends the source once no user depends on it.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Subscription", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = MoveSet)]
[OutputType(typeof(SuspendedSubscription))]
public sealed class SuspendSubscriptionCommand : EndedSubscriptionCommand
{
    private readonly AddOnsFirstOrder<PendingSuspension> _order = new();
    private readonly PlannedSuspensions _planned = new();

    /// <summary>The license move, as Move-UserLicense gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MoveSet)]
    [ExpectsOutputOf(typeof(SuspendSubscriptionCommand), "Get-ExpiringSubscription", "New-TargetSubscription", "Move-UserLicense")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public LicenseMove? InputObject { get; set; }

    /// <summary>Whether the saved license move left no user behind. Text, as it comes from a CSV.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = SavedMoveSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsComplete { get; set; }

    /// <summary>Why. For Migrated, the default, no user may depend on it; the others suspend it all the same.</summary>
    [Parameter]
    public SuspensionReason Reason { get; set; }

    /// <summary>Leaves it to expire at the end of its term, because nothing is refunded; auto-renew is turned off where it is on.</summary>
    [Parameter]
    public SwitchParameter AtTermEnd { get; set; }

    /// <summary>Suspends now: new commerce although its billing goes on, and legacy that an earlier run left to expire.</summary>
    [Parameter]
    public SwitchParameter Immediate { get; set; }

    /// <summary>New commerce: deletes it, within 7 days of purchase or renewal.</summary>
    [Parameter]
    public SwitchParameter Cancel { get; set; }

    // PowerShell offers its own [S] Suspend under every prompt.
    private ChangeGate Gate => field ??= new ChangeGate(this, " (Answer Y or N. [S] Suspend does not suspend the subscription: it only pauses this command.)");

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if ((AtTermEnd ? 1 : 0) + (Immediate ? 1 : 0) + (Cancel ? 1 : 0) > 1)
        {
            Terminate(ErrorCatalog.Create("AmbiguousEnd", "-AtTermEnd, -Immediate and -Cancel exclude one another."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var request = Request(out var addOns);
        var target = (object?)InputObject ?? request.SubscriptionId;
        if (!IsOurs(ParameterSetName == MoveSet ? InputObject!.PartnerTenantId : PartnerTenantId, target) || FindCustomer(request.CustomerId) is not { } customer)
        {
            return;
        }

        request.CustomerId = customer;
        ProcessAll(_order.Add(new PendingSuspension(request, target), request.SubscriptionId, addOns));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ProcessAll(_order.Rest);

    private void ProcessAll(IEnumerable<PendingSuspension> pending)
    {
        foreach (var next in pending)
        {
            ProcessRequest(next.Request, next.Target);
        }
    }

    private SuspensionRequest Request(out IReadOnlyList<string> addOns)
    {
        addOns = [];
        if (ParameterSetName == MoveSet)
        {
            addOns = InputObject!.Target?.Source?.AddOns ?? [];
            return SuspensionRequest.From(InputObject);
        }

        return new SuspensionRequest
        {
            CustomerId = CustomerId!,
            SubscriptionId = SubscriptionId ?? SourceSubscriptionId!,
            TargetSubscriptionId = TargetSubscriptionId,
            LicensesMoved = IsComplete is null ? null : Flag.IsSet(IsComplete),
            IsPlanned = Flag.IsPlan(IsPlanned),
            IsItsOwnTarget = SuspensionRequest.AreOne(SourceSubscriptionId, TargetSubscriptionId),
        };
    }

    private void ProcessRequest(SuspensionRequest request, object? target)
    {
        request.Before = _planned;
        var options = new SuspensionOptions { Reason = Reason, AtTermEnd = AtTermEnd, Immediate = Immediate, Cancel = Cancel };
        if (Gate.TryChange(target, (client, _, confirmer, token) => client.Suspensions.RunAsync(request, options, confirmer, token)) is { } ended)
        {
            WriteResult(ended);
        }
    }

    private sealed class PendingSuspension
    {
        public PendingSuspension(SuspensionRequest request, object? target)
        {
            Request = request;
            Target = target;
        }

        public SuspensionRequest Request { get; }

        public object? Target { get; }
    }
}
