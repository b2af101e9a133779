using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Changes;

/// <summary>
/// Brings changes from plan to result, for every step alike: it has them confirmed, takes the customer's turn, has them
/// planned once more, and sends only what was confirmed. What has become something else meanwhile is confirmed again, a few
/// times, and then fails.
/// </summary>
internal sealed class ChangeRunner
{
    private const int MostRounds = 5;

    private readonly MigrationOperation _operation;
    private readonly IConfirmer _confirmer;

    public ChangeRunner(MigrationOperation operation, IConfirmer confirmer)
    {
        _operation = operation;
        _confirmer = confirmer;
    }

    /// <summary>Runs a change that is yet to be planned. Without a prompt it is planned once, under the customer's turn.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="planAsync">Plans it; null where there is nothing to do or to report.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CspMigrationException">What the planning throws; and as with a planned change.</exception>
    public async Task RunAsync(CustomerId customerId, Func<CancellationToken, Task<PlannedChange?>> planAsync, CancellationToken cancellationToken)
    {
        if (_confirmer is { AnswersAtOnce: true, IsPlanOnly: false })
        {
            await RunInsteadAsync(await PlanAndExecuteAsync(customerId, planAsync, cancellationToken).ConfigureAwait(false), round: 1, cancellationToken).ConfigureAwait(false);
        }
        else if (await planAsync(cancellationToken).ConfigureAwait(false) is { } planned)
        {
            await RunAsync(planned, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a change that has been planned.</summary>
    /// <exception cref="CspMigrationException"><c>PlanChanged</c>, and what the change throws; where it does not report its failures itself.</exception>
    public Task RunAsync(PlannedChange change, CancellationToken cancellationToken) => RunAsync(change, round: 1, isConfirmed: false, cancellationToken);

    /// <summary>Runs a change that has been planned and confirmed.</summary>
    /// <inheritdoc cref="RunAsync(PlannedChange, CancellationToken)"/>
    public Task RunConfirmedAsync(PlannedChange change, CancellationToken cancellationToken) => RunAsync(change, round: 1, isConfirmed: true, cancellationToken);

    /// <summary>Has a change confirmed that is run later; a planned one is reported by whoever runs it.</summary>
    public Task<ConfirmationAnswer> ConfirmAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        return change.NeedsWrite ? _confirmer.ConfirmAsync(change.Request, cancellationToken)
            : Task.FromResult(_confirmer.IsPlanOnly || change.Request.IsPlanned ? ConfirmationAnswer.PlanOnly : ConfirmationAnswer.Confirmed);
    }

    private async Task RunAsync(PlannedChange change, int round, bool isConfirmed, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedChange> instead;
        try
        {
            instead = await AttemptAsync(change, round, isConfirmed, cancellationToken).ConfigureAwait(false);
            if (instead.Count > 0)
            {
                Check(change, instead, round);
            }
        }
        catch (CspMigrationException e)
        {
            if (!await change.TryReportFailureAsync(e, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return;
        }

        await RunInsteadAsync(instead, round, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunInsteadAsync(IReadOnlyList<PlannedChange> changes, int round, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            await RunAsync(change, round + 1, isConfirmed: false, cancellationToken).ConfigureAwait(false);
        }
    }

    // What is to be done in the place of the change; nothing where it has come to its end, whatever that is.
    private async Task<IReadOnlyList<PlannedChange>> AttemptAsync(PlannedChange change, int round, bool isConfirmed, CancellationToken cancellationToken)
    {
        var prepared = change;
        if (!isConfirmed)
        {
            var isReal = !_confirmer.IsPlanOnly && !change.Request.IsPlanned;
            prepared = isReal && change.NeedsWrite ? await change.PrepareAsync(_confirmer, cancellationToken).ConfigureAwait(false) : change;
            switch (await ConfirmAsync(prepared, cancellationToken).ConfigureAwait(false))
            {
                case ConfirmationAnswer.PlanOnly:
                    await prepared.ReportPlannedAsync().ConfigureAwait(false);
                    return [];
                case ConfirmationAnswer.Declined:
                    return [];
            }
        }

        var (instead, executed) = await PlanAgainAndExecuteAsync(prepared, cancellationToken).ConfigureAwait(false);
        if (executed is not null)
        {
            await executed.ReportAsync().ConfigureAwait(false);
            instead = executed.Instead;
        }

        // What the service's own answer has shown to be impossible need not settle, unless it is so again.
        if (round < MostRounds && instead.Any(other => other.NeedsWrite) && (executed is null || round > 1))
        {
            await PauseAsync(prepared, round, cancellationToken).ConfigureAwait(false);
        }

        return instead;
    }

    private async Task<(IReadOnlyList<PlannedChange> Instead, ExecutedChange? Executed)> PlanAgainAndExecuteAsync(PlannedChange confirmed, CancellationToken cancellationToken)
    {
        using var turn = await _operation.Journal.LockCustomerAsync(confirmed.CustomerId, cancellationToken).ConfigureAwait(false);
        if (confirmed.NeedsJournal)
        {
            await _operation.Journal.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        var now = await confirmed.PlanAgainAsync(cancellationToken).ConfigureAwait(false);

        // What needs nothing sent any more needs no confirmation either.
        return now.Count == 1 && (!now[0].NeedsWrite || confirmed.IsSameAs(now[0]))
            ? ([], await now[0].ExecuteAsync(cancellationToken).ConfigureAwait(false))
            : (now, null);
    }

    private static void Check(PlannedChange change, IReadOnlyList<PlannedChange> instead, int round)
    {
        change.CheckReplacement(instead);
        if (round == MostRounds)
        {
            throw ErrorCatalog.PlanChanged.Exception(
                $"{change.Request.Action} for {change.Request.Customer}: the plan changed {MostRounds} times before it could run. The customer's subscriptions keep changing.",
                change.CustomerId);
        }
    }

    // What changes all the time is given time to settle.
    private Task PauseAsync(PlannedChange change, int round, CancellationToken cancellationToken)
    {
        var pause = _operation.Session.Retry.BackOff(round);
        _operation.Observer.Verbose($"{change.Request.Action} for {change.Request.Customer} is planned again: what was read before has changed.");
        _operation.Observer.Waiting("before planning again", pause);
        return _operation.Time.Delay(pause, cancellationToken);
    }

    private async Task<IReadOnlyList<PlannedChange>> PlanAndExecuteAsync(
        CustomerId customerId, Func<CancellationToken, Task<PlannedChange?>> planAsync, CancellationToken cancellationToken)
    {
        var (change, executed) = await PlanAndExecuteInTurnAsync(customerId, planAsync, cancellationToken).ConfigureAwait(false);
        await (executed?.ReportAsync() ?? change?.ReportPlannedAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        return executed?.Instead ?? [];
    }

    private async Task<(PlannedChange? Change, ExecutedChange? Executed)> PlanAndExecuteInTurnAsync(
        CustomerId customerId, Func<CancellationToken, Task<PlannedChange?>> planAsync, CancellationToken cancellationToken)
    {
        using var turn = await _operation.Journal.LockCustomerAsync(customerId, cancellationToken).ConfigureAwait(false);
        var known = _operation.Journal.View;
        var change = await planAsync(cancellationToken).ConfigureAwait(false);
        if (change is { NeedsJournal: true, Request.IsPlanned: false })
        {
            await _operation.Journal.OpenAsync(cancellationToken).ConfigureAwait(false);

            // Another process may have written until this one had the journal.
            change = _operation.Journal.View == known ? change : await planAsync(cancellationToken).ConfigureAwait(false);
        }

        return change is { Request.IsPlanned: false } ? (change, await change.ExecuteAsync(cancellationToken).ConfigureAwait(false)) : (change, null);
    }
}
