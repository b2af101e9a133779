using System.Collections.Generic;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Rollback;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>
/// Takes a migration back: makes the source active, moves the licenses back, and lets the target go.
/// </summary>
[Cmdlet(VerbsCommon.Undo, "SubscriptionMigration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = MigrationSet)]
[OutputType(typeof(SubscriptionMigration))]
public sealed class UndoSubscriptionMigrationCommand : EndedSubscriptionCommand
{
    private const string MigrationSet = "Migration";

    private readonly List<UndoRequest> _requests = [];
    private readonly List<string> _unbought = [];

    /// <summary>The migration, as Invoke-SubscriptionMigration or Get-SubscriptionMigration gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MigrationSet)]
    [ExpectsOutputOf(typeof(UndoSubscriptionMigrationCommand), "Get-SubscriptionMigration")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SubscriptionMigration? InputObject { get; set; }

    /// <summary>The license move, as Move-UserLicense gave it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = MoveSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public LicenseMove? LicenseMove { get; set; }

    private ChangeGate Gate => field ??= new ChangeGate(this);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var request = ParameterSetName switch
        {
            MigrationSet => UndoRequest.From(InputObject!),
            MoveSet => UndoRequest.From(LicenseMove!),
            _ => new UndoRequest
            {
                CustomerId = CustomerId!,
                SourceSubscriptionId = SourceSubscriptionId ?? SubscriptionId,
                TargetSubscriptionId = string.IsNullOrWhiteSpace(TargetSubscriptionId) ? null : TargetSubscriptionId,
                IsPlanned = Flag.IsPlan(IsPlanned),
            },
        };
        var partner = InputObject?.PartnerTenantId ?? LicenseMove?.PartnerTenantId ?? PartnerTenantId;
        if (!IsOurs(partner, (object?)InputObject ?? (object?)LicenseMove ?? request.SourceSubscriptionId)
            || FindCustomer(request.CustomerId) is not { } customer)
        {
            return;
        }

        request.CustomerId = customer;
        if (request.IsPlanned)
        {
            WriteDecision($"The migration of {request.SourceSubscriptionId} was only planned: there is nothing to roll back.");
            return;
        }

        _requests.Add(request);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_requests.Count == 0)
        {
            return;
        }

        // A base is made active before its add-ons, whatever the order of the records.
        if (TryOperate(target: null, (client, _, token) => client.Undo.PrepareAsync(_requests, token)) is not { } ordered)
        {
            return;
        }

        foreach (var request in ordered)
        {
            ProcessRequest(request);
        }

        if (_unbought.Count > 0)
        {
            Warn($"Of {Enumeration.Count(_requests.Count, "migration")}, nothing was bought for {_unbought.Count}, which {(_unbought.Count == 1 ? "was" : "were")} passed over: {Enumeration.OfSome(_unbought)}.");
        }
    }

    private void ProcessRequest(UndoRequest request)
    {
        var undone = Gate.TryChange(request.SourceSubscriptionId, async (client, _, confirmer, token) =>
        {
            var (migration, wasBought) = await client.Undo.RunAsync(request, confirmer, token).ConfigureAwait(false);
            if (!wasBought)
            {
                _unbought.Add(request.Name);
            }

            return migration;
        });
        if (undone is not null)
        {
            WriteResult(undone);
        }
    }
}
