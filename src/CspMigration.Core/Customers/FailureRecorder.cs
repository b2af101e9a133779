using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Customers;

/// <summary>Writes down why the migration of a source stopped, for whoever asks later where it stands.</summary>
internal sealed class FailureRecorder
{
    private readonly MigrationOperation _operation;

    public FailureRecorder(MigrationOperation operation) => _operation = operation;

    /// <summary>Notes what stopped sources that were found.</summary>
    /// <param name="rows">The sources.</param>
    /// <param name="state">Blocked where a check forbade to begin, else Failed.</param>
    /// <param name="error">Why.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task RecordAsync(IEnumerable<ExpiringSubscription> rows, MigrationState state, CspMigrationException error, CancellationToken cancellationToken)
    {
        return AppendAsync(rows.SelectMany(row => Describe(row, Stop(CustomerId.FromOrNull(row.CustomerId), SourceEntry.KeyOf(row), state, error))), cancellationToken);
    }

    /// <summary>Notes what stopped a source whose migration the journal knows; of another it is no migration.</summary>
    public Task RecordAsync(CustomerId customerId, SourceKey? key, CspMigrationException error, CancellationToken cancellationToken)
    {
        return AppendAsync([Stop(customerId, key, MigrationState.Failed, error)], cancellationToken);
    }

    // Of a row of a plan that could not be read there are only ids: what the journal knows of it is better.
    private static IEnumerable<JournalEntry> Describe(ExpiringSubscription row, Stopped stopped)
    {
        return row.OfferId is null && row.SkuId is null ? [stopped] : [SourceEntry.Of(row, row.Quantity, stopped.At), stopped];
    }

    private Stopped Stop(CustomerId? customerId, SourceKey? key, MigrationState state, CspMigrationException error)
    {
        return new Stopped
        {
            At = _operation.Time.GetUtcNow(),
            CustomerId = customerId,
            Sources = key is { } source ? [source] : [],
            State = state,
            ErrorId = error.ErrorId,
            Error = $"{error.ProblemWithoutNames} {error.RecommendedAction}",
            Remedy = RemedyRecord.Write(error.Remedy),

            // Where they name people, the problem does not have them.
            ServiceWords = error.ServiceDescription is { Length: > 0 } words && error.ProblemWithoutNames.Contains(words.Trim().TrimEnd('.')) ? words : null,
        };
    }

    // The failure itself is reported; a note of it that cannot be written is no second one.
    private async Task AppendAsync(IEnumerable<JournalEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(entries.Select(entry => _operation.Journal.AppendAsync(entry, cancellationToken))).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            _operation.Observer.Verbose($"The journal does not say why the migration stopped: {e.Problem}");
        }
    }
}
