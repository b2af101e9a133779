using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Users;

/// <summary>
/// Waits for the members of a group whose licenses have been exchanged, and looks after each to whom the group could not assign them as soon as
/// that shows: such a member has nothing from the group by then, and others may take an hour (docs/rules.md, rule 31).
/// </summary>
internal sealed class GroupFollower
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;
    private readonly ILicenseService _service;
    private readonly GroupLicenses _groups;

    /// <param name="operation">Whose work it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="service">The service for the customer's licenses.</param>
    /// <param name="groups">The customer's groups.</param>
    public GroupFollower(MigrationOperation operation, CustomerId customerId, ILicenseService service, GroupLicenses groups)
    {
        _operation = operation;
        _customerId = customerId;
        _service = service;
        _groups = groups;
    }

    /// <summary>Waits until every member has what the group assigns, or an error, and nothing any more of what it assigned before.</summary>
    /// <param name="group">The group, whose licenses have been exchanged.</param>
    /// <param name="from">The directory SKUs that it assigned.</param>
    /// <param name="to">The directory SKUs that it assigns in their place.</param>
    /// <param name="exchange">What members lose and get by it; null where it was someone else's, who looks after them.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CspMigrationException"><c>ProvisioningPending</c>: not in time.</exception>
    public async Task<GroupFollowing> FollowAsync(
        LicenseGroup group, IReadOnlyCollection<SkuId> from, IReadOnlyCollection<SkuId> to, GroupExchange? exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var assigner = new DirectLicenseAssigner(_operation, _customerId, _service);
        var ends = new Dictionary<UserId, DirectAssignment>();
        var startedAt = _operation.Time.GetTimestamp();
        for (var pause = PollingPause.First; ; pause = PollingPause.After(pause))
        {
            // The group first: members who are read after it was done show what came of it.
            var isProcessing = await _groups.FindAsync(group.Id, cancellationToken).ConfigureAwait(false) is { IsProcessing: true };
            var members = await _groups.ListMembersAsync(group.Id, cancellationToken).ConfigureAwait(false);
            var followed = members.Where(HasFollowed).ToList();
            if (exchange is not null)
            {
                await assigner.AssignAsync(exchange, followed, ends, cancellationToken).ConfigureAwait(false);
            }

            _operation.Observer.Progress($"Waiting for the members of {group.Name}", followed.Count, members.Count);
            if (!isProcessing && followed.Count == members.Count)
            {
                return new GroupFollowing(members, ends);
            }

            var open = followed.Count == members.Count ? "its members" : Enumeration.Count(members.Count - followed.Count, "member");
            if (_operation.Time.GetElapsedTime(startedAt) + pause > timeout)
            {
                throw ErrorCatalog.ProvisioningPending.Exception(
                    $"The group {group.Name} ({group.Id}) assigns the new license, but {open} {(open == "1 member" ? "does" : "do")} not show it after {timeout.TotalMinutes:0} minutes.", _customerId);
            }

            _operation.Observer.Waiting($"for {open} of the group {group.Name}", pause);
            await _operation.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
        }

        // What the service could not take away, it says so of.
        bool HasFollowed(LicenseHolder member)
        {
            return from.All(skuId => !member.HoldsFrom(group.Id, skuId) || member.ErrorOf(group.Id, skuId) is not null)
                && (member.ErrorOf(group.Id) is not null || to.All(skuId => member.HoldsFrom(group.Id, skuId)));
        }
    }
}
