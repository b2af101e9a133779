using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Users;

/// <summary>Sends one user's licence update and knows how it ended.</summary>
internal sealed class UserLicenseUpdater
{
    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly string? _usageLocation;
    private readonly RefusalTally _tally = new();

    public UserLicenseUpdater(MigrationOperation operation, CustomerView view, string? usageLocation)
    {
        _operation = operation;
        _view = view;
        _usageLocation = usageLocation;
    }

    /// <summary>Moves the user's licenses in one update.</summary>
    /// <returns>
    /// How it ended, and why and what to do where it did not. <see cref="UserMoveOutcome.Skipped"/>: the user no longer holds
    /// what was to be cleared.
    /// </returns>
    /// <exception cref="CspMigrationException">The service refuses the customer as a whole, or cannot be reached.</exception>
    public async Task<(UserMoveOutcome Outcome, string? Reason)> UpdateAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        var requestId = Guid.NewGuid();
        try
        {
            if (update.Holder.ReadAt is not { } readAt || _operation.Time.GetElapsedTime(readAt) > LicenseHolder.Fresh)
            {
                var (current, outcome) = await ReadAgainAsync(update, cancellationToken).ConfigureAwait(false);
                if (outcome is { } ended)
                {
                    return ended;
                }

                update = current;
            }

            await SendAsync(update, requestId, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (e.OutcomeUnknown)
        {
            return (UserMoveOutcome.Failed, e.ProblemAndAction);
        }
        catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
        {
            return await SettleRefusalAsync(update, requestId, e, cancellationToken).ConfigureAwait(false);
        }

        _tally.Succeed();
        await JournalAsync(Settle(update, requestId, UserMoveOutcome.Moved), cancellationToken).ConfigureAwait(false);
        return (UserMoveOutcome.Moved, null);
    }

    private static string Done => "done";

    // Reading many users, or waiting for others of them, takes long; somebody else may have changed this one meanwhile.
    private async Task<(LicenseUpdate Update, (UserMoveOutcome Outcome, string? Reason)? Ended)> ReadAgainAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        var user = update.Holder.User;
        if (await _operation.Client.Users.FindLicensesAsync(_view.CustomerId, user.Id, cancellationToken).ConfigureAwait(false) is not { } licenses)
        {
            return (update, LicenseRefusal.OfDeletedUser());
        }

        var holder = new LicenseHolder(user, licenses, _operation.Time.GetTimestamp());
        var current = update with
        {
            Holder = holder,
            Assign = [.. update.Assign.Where(sku => !holder.Holds(sku.Key))],
            Remove = [.. update.Remove.Where(holder.Holds)],
        };
        var isOver = update.Remove.Count > 0 && current.Remove.Count == 0;
        return !isOver ? (current, null)
            : current.Assign.Count == 0 ? (current, (UserMoveOutcome.AlreadyMoved, null))
            : (current, (UserMoveOutcome.Skipped, "The user no longer holds the license."));
    }

    private async Task SendAsync(LicenseUpdate update, Guid requestId, CancellationToken cancellationToken)
    {
        var user = update.Holder.User;
        if (user.UsageLocation is null && _usageLocation is { } location)
        {
            await _operation.Client.Users.SetUsageLocationAsync(_view.CustomerId, user.Id, location, cancellationToken).ConfigureAwait(false);
        }

        await JournalAsync(Intend(update, requestId), cancellationToken).ConfigureAwait(false);
        _ = await new OnceOnly(_operation).RunAsync(
            "the license update",
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

    private async Task<(UserMoveOutcome Outcome, string? Reason)> SettleRefusalAsync(
        LicenseUpdate update, Guid requestId, CspMigrationException refusal, CancellationToken cancellationToken)
    {
        // Somebody else may have moved the user meanwhile: then there was nothing left to do.
        var isMoved = refusal.StatusCode is not (403 or 404) && await IsKnownMovedAsync(update, cancellationToken).ConfigureAwait(false);
        var (outcome, reason) = isMoved ? (UserMoveOutcome.AlreadyMoved, (string?)null) : LicenseRefusal.Read(refusal);
        var settled = Settle(update, requestId, outcome) with
        {
            Done = isMoved,
            Reason = refusal.ServiceCode ?? refusal.ErrorId,
            Error = LicenseMoveRecord.WithoutName(reason, update.Holder.User),
        };
        await JournalAsync(settled, cancellationToken).ConfigureAwait(false);
        return refusal.StatusCode == 403 && _tally.IsOfCustomer() ? throw refusal : (outcome, reason);
    }

    // Where the user cannot be read either, the refusal stands.
    private async Task<bool> IsKnownMovedAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            return await IsMovedAsync(update, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (RefusalTally.IsOfUser(e))
        {
            return false;
        }
    }

    private async Task<bool> IsMovedAsync(LicenseUpdate update, CancellationToken cancellationToken)
    {
        var licenses = await _operation.Client.Users.ListLicensesAsync(_view.CustomerId, update.Holder.User.Id, cancellationToken).ConfigureAwait(false);
        return new LicenseHolder(update.Holder.User, licenses, readAt: null).IsMoved(update.Remove, update.Assign.Select(sku => sku.Key));
    }

    private LicenseIntended Intend(LicenseUpdate update, Guid requestId)
    {
        return new LicenseIntended
        {
            At = _operation.Time.GetUtcNow(),
            CustomerId = _view.CustomerId,
            Sources = update.Sources,
            RequestId = requestId,
            UserId = update.Holder.User.Id,
            Direction = update.IsBack ? MoveDirection.Back : null,
            FromSkuIds = update.Remove,
            ToSkuIds = [.. update.Assign.Select(sku => sku.Key)],
            SwitchedOffPlans = update.SwitchedOff.Count == 0 ? null : update.SwitchedOff,
            SwitchedOffPlansBySku = update.SwitchedOffBySku?.Values.Any(plans => plans.Count > 0) == true ? update.SwitchedOffBySku : null,
        };
    }

    private LicenseSettled Settle(LicenseUpdate update, Guid requestId, UserMoveOutcome outcome) => LicenseSettled.Of(Intend(update, requestId), _operation.Time.GetUtcNow(), outcome);

    private Task JournalAsync(LicenseEntry entry, CancellationToken cancellationToken) => _operation.Journal.AppendAsync(entry, cancellationToken);
}
