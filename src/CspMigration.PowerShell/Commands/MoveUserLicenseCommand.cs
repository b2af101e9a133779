using System;
using System.Collections.Generic;
using System.Management.Automation;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Licenses;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Moves each user's license from the source to its target; no user is without one in between.</summary>
[Cmdlet(VerbsCommon.Move, "UserLicense", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = TargetSet)]
[OutputType(typeof(LicenseMove))]
public sealed class MoveUserLicenseCommand : ConnectedCommand
{
    private const string TargetSet = "Target";
    private const string IdSet = "Id";

    private readonly List<LicenseMoveRequest> _requests = [];

    /// <summary>The target, as New-TargetSubscription gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TargetSet)]
    [ExpectsOutputOf(typeof(MoveUserLicenseCommand), "Get-ExpiringSubscription", "New-TargetSubscription")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TargetSubscription? InputObject { get; set; }

    /// <summary>The partner the record belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? PartnerTenantId { get; set; }

    /// <summary>The customer, by id, name or domain.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CustomerCompleter))]
    public string? CustomerId { get; set; }

    /// <summary>The subscription the licenses leave.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? SourceSubscriptionId { get; set; }

    /// <summary>The subscription the licenses go to; empty only in a saved plan that has yet to buy it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [IdArgument]
    public string? TargetSubscriptionId { get; set; }

    /// <summary>Whether the record is a planned one: then nothing is moved. Text, so that a saved plan stays a plan.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(FlagCompleter))]
    public string? IsPlanned { get; set; }

    /// <summary>Only these users, by sign-in name or object id; wildcards allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] User { get; set; } = [];

    /// <summary>Gives users who have none this usage location, ISO 3166 two letters; <c>Customer</c> for the customer's country.</summary>
    [Parameter]
    [ValidateUsageLocation]
    [ArgumentCompleter(typeof(UsageLocationCompleter))]
    public string? UsageLocation { get; set; }

    /// <summary>What is done about licenses that users have from a group: they are reported, or the group assigns the target's license in place of the source's.</summary>
    [Parameter]
    public GroupLicenseChoice GroupLicense { get; set; }

    /// <summary>How many minutes to wait for the target's seats, and for the members of a group.</summary>
    [Parameter]
    [ValidateRange(0, 1440)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int ProvisioningTimeout { get; set; } = 60;

    /// <summary>How many users of a customer are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [WholeNumber]
    public int ThrottleLimit { get; set; } = 64;

    private ChangeGate Gate => field ??= new ChangeGate(this);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (GroupLicense == GroupLicenseChoice.Switch && User.Length > 0)
        {
            Terminate(ErrorCatalog.Create("GroupNotSwitched", "The license of a group is switched for all of its members, so -GroupLicense Switch and -User exclude each other.", "Leave one of them out."));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var target = ParameterSetName == TargetSet ? InputObject : ReadTarget();
        if (target is null || !IsOurs(target.PartnerTenantId, target))
        {
            return;
        }

        if (Gate.TryChange(target, (client, _, confirmer, token) => client.LicenseMoves.ConfirmAsync(target, Options(), _requests, confirmer, token)) is { } request)
        {
            _requests.Add(request);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_requests.Count == 0)
        {
            return;
        }

        var options = Options();
        _ = TryOperate(target: null, (client, sink, token) =>
            client.LicenseMoves.MoveAsync(_requests, options, move => sink.OutputAsync(() => WriteMove(move)), (target, error) => sink.Error(error, target), token));
    }

    private LicenseMoveOptions Options() => new()
    {
        Users = User,
        UsageLocation = UsageLocation,
        GroupLicense = GroupLicense,
        ProvisioningTimeout = TimeSpan.FromMinutes(ProvisioningTimeout),
        UsersAtOnce = ThrottleLimit,
    };

    // How many users a plan moves is known when they have been counted.
    private void WriteMove(LicenseMove move)
    {
        if (move is { IsPlanned: true, Moved: > 0 })
        {
            var target = move.Target!;
            var users = Enumeration.Count(move.Moved, "user");
            ChangeGate.ShowPlanned($"Move the licenses of {users} from {target.Source?.OfferName ?? move.SourceSubscriptionId} to {target.OfferName ?? "the target"}", CustomerOf(target));
        }

        WriteResult(move);
    }

    private static string CustomerOf(TargetSubscription target) => $"{target.CustomerName} ({target.CustomerId})";

    private TargetSubscription? ReadTarget()
    {
        return IsOurs(PartnerTenantId, SourceSubscriptionId) && FindCustomer(CustomerId!) is { } customer
            ? TryOperate(SourceSubscriptionId, (client, _, token) =>
                client.LicenseMoves.ReadTargetAsync(customer, SourceSubscriptionId!, TargetSubscriptionId, Flag.IsPlan(IsPlanned), token))
            : null;
    }
}
