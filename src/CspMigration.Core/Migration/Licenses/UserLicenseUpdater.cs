using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Licenses;

/// <summary>Sends one user's licence update and knows how it ended.</summary>
internal sealed class UserLicenseUpdater
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly string? _usageLocation;

    public UserLicenseUpdater(MigrationOperation operation, CustomerView view, string? usageLocation)
    {
        _operation = operation;
        _view = view;
        _usageLocation = usageLocation;
    }

    /// <summary>Moves the user's licences in one update.</summary>
    /// <returns>How it ended, and why and what to do where it did not.</returns>
    public async Task<(UserMoveOutcome Outcome, string? Reason)> UpdateAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        var user = update.Holder.User;
        var requestId = Guid.NewGuid();
        try
        {
            if (user.UsageLocation is null && _usageLocation is { } location)
            {
                await _operation.Client.Users.SetUsageLocationAsync(_view.CustomerId, user.Id, location, cancellationToken).ConfigureAwait(false);
            }

            await JournalAsync(JournalEntryKind.LicenseIntended, update, requestId, settled: null, cancellationToken).ConfigureAwait(false);
            _ = await new OnceOnly(_operation).RunAsync(
                "the licence update",
                async token =>
                {
                    await _operation.Client.Users.UpdateLicensesAsync(
                        _view.CustomerId,
                        user.Id,
                        update.Assign,
                        update.Remove,
                        requestId,
                        token).ConfigureAwait(false);
                    return Done;
                },
                async token => await IsMovedAsync(update, token).ConfigureAwait(false) ? Done : null,
                cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.OutcomeUnknown)
        {
            return (UserMoveOutcome.Failed, e.ProblemAndAction);
        }
        catch (CspMigrationException e) when (e.StatusCode is >= 400 and < 500 and not (401 or 403 or 429))
        {
            // Somebody else may have moved the user meanwhile: then there was nothing left to do.
            var isMoved = e.StatusCode != 404 && await IsMovedAsync(update, cancellationToken).ConfigureAwait(false);
            var (outcome, reason) = isMoved ? (UserMoveOutcome.AlreadyMoved, (string?)null) : LicenseRefusal.Read(e);
            var settlement = new Settlement(outcome, isMoved, e.ServiceCode ?? e.ErrorId, JournalledMove.WithoutName(reason, user));
            await JournalAsync(JournalEntryKind.LicenseSettled, update, requestId, settlement, cancellationToken).ConfigureAwait(false);
            return (outcome, reason);
        }

        var moved = new Settlement(UserMoveOutcome.Moved, Done: true, Code: null, Reason: null);
        await JournalAsync(JournalEntryKind.LicenseSettled, update, requestId, moved, cancellationToken).ConfigureAwait(false);
        return (UserMoveOutcome.Moved, null);
    }

    private static string Done => "done";

    private async Task<bool> IsMovedAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        var licenses = await _operation.Client.Users.ListLicensesAsync(_view.CustomerId, update.Holder.User.Id, cancellationToken).ConfigureAwait(false);
        return new LicenseHolder(update.Holder.User, licenses).IsMoved(update.Remove, update.Assign.Select(sku => sku.Key));
    }

    private Task JournalAsync(
        JournalEntryKind kind, LicenseUpdate update, Guid requestId, Settlement? settled, CancellationToken cancellationToken)
    {
        return _operation.Journal.AppendAsync(
            new JournalEntry
            {
                Kind = kind,
                At = _operation.Time.GetUtcNow(),
                CustomerId = _view.CustomerId,
                Sources = update.Sources,
                RequestId = requestId,
                UserId = update.Holder.User.Id,
                FromSkuIds = update.Remove,
                ToSkuIds = [.. update.Assign.Select(sku => sku.Key)],
                SwitchedOffPlans = update.SwitchedOff.Count == 0 ? null : update.SwitchedOff,
                Way = update.IsBack ? JournalEntry.Back : null,
                Done = settled?.Done,
                Reason = settled?.Code,
                Outcome = settled?.Outcome.ToString(),
                Error = settled?.Reason,
            },
            cancellationToken);
    }

    private sealed record Settlement(UserMoveOutcome Outcome, bool Done, string? Code, string? Reason);
}
