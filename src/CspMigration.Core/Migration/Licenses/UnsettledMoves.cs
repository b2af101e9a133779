using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Migration.Licenses;

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
        var open = plans.SelectMany(Open).GroupBy(entry => entry.UserId!, StringComparer.OrdinalIgnoreCase).Select(entries => entries.Last()).ToList();
        return open.Count == 0 ? Task.CompletedTask : Concurrently.ForEachAsync(open, _usersAtOnce, SettleAsync, cancellationToken);
    }

    private IEnumerable<JournalEntry> Open(LicensePlan plan)
    {
        return plan.Targets
            .Select(target => target.SourceSubscriptionId ?? target.SourceSkuId)
            .OfType<string>()
            .SelectMany(source => _operation.Journal.View.UsersLeft(_customerId, source))
            .Where(entry => !plan.Holders.Any(holder => CustomerView.Same(holder.User.Id, entry.UserId)));
    }

    private async Task SettleAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var licenses = await _operation.Client.Users.FindLicensesAsync(_customerId, entry.UserId!, cancellationToken).ConfigureAwait(false);
        var outcome = licenses is null ? UserMoveOutcome.UserDeleted
            : IsMoved(entry, licenses) ? UserMoveOutcome.Moved
            : (UserMoveOutcome?)null;
        if (outcome is { } ended && ended.ToString() != entry.Outcome)
        {
            var settled = new JournalEntry
            {
                Kind = JournalEntryKind.LicenseSettled,
                At = _operation.Time.GetUtcNow(),
                CustomerId = entry.CustomerId,
                Sources = entry.Sources,
                RequestId = entry.RequestId,
                UserId = entry.UserId,
                FromSkuIds = entry.FromSkuIds,
                ToSkuIds = entry.ToSkuIds,
                SwitchedOffPlans = entry.SwitchedOffPlans,
                Done = ended == UserMoveOutcome.Moved,
                Outcome = ended.ToString(),
            };
            await _operation.Journal.AppendAsync(settled, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsMoved(JournalEntry entry, IReadOnlyList<UserLicense> licenses)
    {
        return (entry.ToSkuIds ?? []).All(Holds) && !(entry.FromSkuIds ?? []).Any(Holds);

        bool Holds(string skuId) => licenses.Any(license => CustomerView.Same(license.SkuId, skuId));
    }
}
