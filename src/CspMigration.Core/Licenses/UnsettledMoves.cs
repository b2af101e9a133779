using System;
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
/// licence: a run that was killed knows what it sent, and not what the service made of it.
/// </summary>
internal sealed class UnsettledMoves
{
    private readonly MigrationOperation _operation;
    private readonly string _customerId;
    private readonly int _usersAtOnce;

    public UnsettledMoves(MigrationOperation operation, string customerId, int usersAtOnce)
    {
        _operation = operation;
        _customerId = customerId;
        _usersAtOnce = usersAtOnce;
    }

    /// <summary>Looks at each such user once. Where nothing was left open no call is made.</summary>
    /// <param name="plans">The licences that are moved, with all who still hold them.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public Task SettleAsync(IReadOnlyList<LicensePlan> plans, CancellationToken cancellationToken)
    {
        var open = plans.SelectMany(Open).GroupBy(entry => entry.UserId, StringComparer.OrdinalIgnoreCase).Select(entries => entries.Last()).ToList();
        return open.Count == 0 ? Task.CompletedTask : Concurrently.ForEachAsync(open, _usersAtOnce, SettleAsync, cancellationToken);
    }

    private IEnumerable<LicenseEntry> Open(LicensePlan plan)
    {
        var holders = new HashSet<string>(plan.Holders.Select(holder => holder.User.Id), StringComparer.OrdinalIgnoreCase);
        return plan.SourceKeys
            .SelectMany(source => _operation.Journal.View.UsersLeft(_customerId, source))
            .Where(entry => !holders.Contains(entry.UserId) && entry.FromSkuIds.Count > 0);
    }

    private async Task SettleAsync(LicenseEntry entry, CancellationToken cancellationToken)
    {
        IReadOnlyList<UserLicense>? licenses;
        try
        {
            licenses = await _operation.Client.Users.FindLicensesAsync(_customerId, entry.UserId, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
        {
            // What is not known stays open; the others are looked at all the same.
            _operation.Observer.Verbose($"The licenses of {entry.UserId} could not be read: {e.Problem}");
            return;
        }

        var outcome = licenses is null ? UserMoveOutcome.UserDeleted
            : new LicenseHolder(User.Named(entry.UserId, userPrincipalName: null), licenses, readAt: null).IsMoved(entry.FromSkuIds, entry.ToSkuIds) ? UserMoveOutcome.Moved
            : (UserMoveOutcome?)null;
        if (outcome is { } ended && ended != (entry as LicenseSettled)?.Outcome)
        {
            await _operation.Journal.AppendAsync(LicenseSettled.Of(entry, _operation.Time.GetUtcNow(), ended), cancellationToken).ConfigureAwait(false);
        }
    }
}
