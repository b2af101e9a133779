using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Writes down how moves ended that an earlier run began or failed to make, where the users no longer hold the old
/// license: a run that was killed knows what it sent, and not what the service made of it.
/// </summary>
internal sealed class UnsettledMoves
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;
    private readonly int _usersAtOnce;

    public UnsettledMoves(MigrationOperation operation, CustomerId customerId, int usersAtOnce)
    {
        _operation = operation;
        _customerId = customerId;
        _usersAtOnce = usersAtOnce;
    }

    /// <summary>Looks at each such user once. Where nothing was left open no call is made.</summary>
    /// <param name="plans">The licenses that are moved, with all who still hold them.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task SettleAsync(IReadOnlyList<SourcePool> plans, CancellationToken cancellationToken)
    {
        var open = plans.SelectMany(Open).GroupBy(entry => entry.UserId).Select(entries => entries.Last()).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var service = await LicenseServices.OfAsync(_operation, _customerId, cancellationToken).ConfigureAwait(false);
        await Concurrently.ForEachAsync(
            Batches.Of(open, service.BatchSize),
            _usersAtOnce,
            async (batch, token) =>
            {
                var readings = await service.ReadAsync([.. batch.Select(entry => User.Named(entry.UserId!.Value, userPrincipalName: null))], token).ConfigureAwait(false);
                await Task.WhenAll(batch.Zip(readings, (entry, reading) => SettleAsync(entry, reading, token))).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<LicenseEntry> Open(SourcePool plan)
    {
        var holders = new HashSet<UserId>(plan.Holders.Select(holder => holder.User.Id));
        return plan.SourceKeys
            .SelectMany(source => _operation.Journal.View.UsersLeft(_customerId, source))
            .Where(entry => entry is { UserId: { } userId } && !holders.Contains(userId) && entry.FromSkuIds.Count + entry.ToSkuIds.Count > 0);
    }

    private async Task SettleAsync(LicenseEntry entry, UserReading reading, CancellationToken cancellationToken)
    {
        if (reading.Error is { } error)
        {
            // What is not known stays open; the others are looked at all the same.
            _operation.Observer.Verbose($"The licenses of {entry.UserId} could not be read: {error.Problem}");
            return;
        }

        var outcome = reading.IsDeleted ? UserMoveOutcome.UserDeleted
            : reading.Holder!.IsMoved(entry.FromSkuIds, entry.ToSkuIds) ? UserMoveOutcome.Moved
            : (UserMoveOutcome?)null;
        if (outcome is { } ended && ended != (entry as LicenseSettled)?.Outcome)
        {
            await _operation.Journal.AppendAsync(LicenseSettled.Of(entry, _operation.Time.GetUtcNow(), ended), cancellationToken).ConfigureAwait(false);
        }
    }
}
