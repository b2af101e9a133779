using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Exchanges the licenses of the groups that assign what a customer's users leave (docs/rules.md, rule 31), before the users are moved who
/// hold it directly. What cannot be exchanged as a whole is left as it is, with the reason.
/// </summary>
internal sealed class GroupSwitches
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly bool _planOnly;
    private readonly GroupSwitchPlanner _planner;
    private readonly GroupSwitchFinisher _finisher;
    private readonly List<GroupId> _planned = [];

    /// <param name="operation">Whose work it is.</param>
    /// <param name="view">The customer.</param>
    /// <param name="options">How.</param>
    /// <param name="confirmed">The groups that were confirmed, each with the directory SKU it loses and its number of members.</param>
    /// <param name="planOnly">Whether nothing is sent.</param>
    public GroupSwitches(MigrationOperation operation, CustomerView view, LicenseMoveOptions options, IReadOnlyDictionary<(GroupId GroupId, SkuId SourceSkuId), int> confirmed, bool planOnly)
    {
        _operation = operation;
        _view = view;
        _planOnly = planOnly;
        _planner = new GroupSwitchPlanner(operation, view, options, confirmed, planOnly);
        _finisher = new GroupSwitchFinisher(operation, view, options.ProvisioningTimeout);
    }

    /// <summary>The groups that were exchanged, in a plan those that would be.</summary>
    public IReadOnlyList<GroupId> Switched => _planOnly ? _planned : _finisher.Finished;

    /// <inheritdoc cref="GroupSwitchPlanner.Problems"/>
    public IReadOnlyList<CspMigrationException> Problems => _planner.Problems;

    /// <inheritdoc cref="GroupSwitchPlanner.ReasonFor(IReadOnlyList{GroupId})"/>
    public string? ReasonFor(IReadOnlyList<GroupId> groupIds) => _planner.ReasonFor(groupIds);

    /// <inheritdoc cref="GroupSwitchFinisher.FinishOpenAsync(IReadOnlyList{SourcePool}, CancellationToken)"/>
    public Task<bool> FinishOpenAsync(IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken) => _finisher.FinishOpenAsync(plans, cancellationToken);

    /// <summary>Exchanges what can be, waits for the members, and notes with the pools who has left them.</summary>
    /// <param name="plans">The pools.</param>
    /// <param name="countSeats">Counts the free seats of the targets.</param>
    /// <param name="usageLocation">What members without a usage location get; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The seats that are left for users; null where the service knows no groups.</returns>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: members have not followed in time; what the service refuses for the customer.</exception>
    public async Task<TargetSeats?> RunAsync(IReadOnlyList<SourcePool> plans, Func<CancellationToken, Task<TargetSeats>> countSeats, string? usageLocation, CancellationToken cancellationToken)
    {
        var service = await LicenseServices.OfAsync(_operation, _view.CustomerId, cancellationToken).ConfigureAwait(false);
        if (service.Groups is not { } groups)
        {
            return null;
        }

        var updater = new GroupLicenseUpdater(_operation, _view.CustomerId, groups);
        var (leaving, sent, isChanged) = (new LeavingMembers(), new List<GroupSwitch>(), false);
        var (seats, countedAt) = (await countSeats(cancellationToken).ConfigureAwait(false), _operation.Time.GetTimestamp());
        CspMigrationException? failure = null;
        try
        {
            foreach (var id in plans.SelectMany(plan => plan.Holders.SelectMany(holder => holder.GroupsOf(plan.SourceSkuId) ?? [])).Distinct().Where(id => !_finisher.Finished.Contains(id)).OrderBy(id => id).ToList())
            {
                if (!_planOnly && _operation.Time.GetElapsedTime(countedAt) > service.Fresh)
                {
                    if (await FinishSentAsync().ConfigureAwait(false) is { } unfinished)
                    {
                        throw unfinished;
                    }

                    _view.Changed();
                    (seats, countedAt) = (await countSeats(cancellationToken).ConfigureAwait(false), _operation.Time.GetTimestamp());
                    leaving.ForgetSeats();
                }

                if (await _planner.PlanAsync(groups, id, plans, leaving, seats, usageLocation is not null, cancellationToken).ConfigureAwait(false) is not { } planned)
                {
                    continue;
                }

                if (_planOnly)
                {
                    leaving.Add(planned, seats);
                    _planned.Add(id);
                    RecordPlanned(planned);
                    continue;
                }

                isChanged = true;
                if (await SendAsync(service, updater, planned, usageLocation, cancellationToken).ConfigureAwait(false))
                {
                    leaving.Add(planned, seats);
                    sent.Add(planned);
                }
            }
        }
        catch (CspMigrationException e)
        {
            failure = e;
        }

        // The members of those that were sent are not left without a license because of another.
        var later = await FinishSentAsync().ConfigureAwait(false);
        if ((failure ?? later) is { } first)
        {
            throw first;
        }

        // What members have by now is no part of a plan.
        await _finisher.AwaitAsync(service, groups, _planOnly ? [] : _planner.UnderWay, plans, cancellationToken).ConfigureAwait(false);
        if (_planOnly || (!isChanged && _planner.UnderWay.Count == 0))
        {
            return seats;
        }

        _view.Changed();
        return await countSeats(cancellationToken).ConfigureAwait(false);

        async Task<CspMigrationException?> FinishSentAsync()
        {
            List<GroupSwitch> open = [.. sent];
            sent.Clear();
            return await _finisher.TryFinishAsync(service, groups, open, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> SendAsync(ILicenseService service, GroupLicenseUpdater updater, GroupSwitch planned, string? usageLocation, CancellationToken cancellationToken)
    {
        if (usageLocation is not null)
        {
            // The service would give them the tenant's.
            foreach (var member in planned.Members.Where(member => member.User.UsageLocation is null))
            {
                try
                {
                    await service.SetUsageLocationAsync(member.User, usageLocation, cancellationToken).ConfigureAwait(false);
                }
                catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
                {
                    _planner.Refuse(planned, new GroupObstacle($"{member.User.Name} cannot be given a usage location. {e.Problem}", Remedies.SetLocations())
                    {
                        ProblemWithoutNames = $"{member.User.Id} cannot be given a usage location. {e.ProblemWithoutNames}",
                    });
                    return false;
                }
            }
        }

        if (await updater.SendAsync(planned.Update, isMade: false, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            _planner.Refuse(planned, GroupObstacle.Of(refusal, refusal.Remedy ?? ErrorCatalog.GroupNotSwitched.Remedy));
            return false;
        }

        _operation.Observer.Verbose($"The license of the group {planned.Group.Name} ({planned.Group.Id}) has been switched; its {Enumeration.Count(planned.Update.Members.Count, "member")} follow.");
        return true;
    }

    // All follow.
    private static void RecordPlanned(GroupSwitch planned)
    {
        var members = new HashSet<UserId>(planned.Members.Select(member => member.User.Id));
        foreach (var exit in planned.Exits)
        {
            foreach (var holder in exit.Pool.Holders.Where(holder => members.Contains(holder.User.Id)))
            {
                exit.Pool.Record(holder, new MoveResult(exit.TargetSkuId, UserMoveOutcome.Moved, Reason: null, planned.Transfer));
            }
        }
    }
}
