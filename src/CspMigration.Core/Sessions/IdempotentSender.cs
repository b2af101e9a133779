using System;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;

namespace CspMigration.Core.Sessions;

/// <summary>
/// Sends what must not be done twice until its outcome is known (docs/partner-center.md §2): after an answer that leaves it open, it
/// looks whether the thing is there, and only where it is not sends again, under the same request id.
/// </summary>
internal sealed class IdempotentSender
{
    private readonly MigrationOperation _operation;

    public IdempotentSender(MigrationOperation operation) => _operation = operation;

    /// <summary>Sends.</summary>
    /// <param name="what">What is sent, for messages.</param>
    /// <param name="send">Sends it, each time under the same request id.</param>
    /// <param name="find">Looks whether it was done: its result where it was, null where it was not.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="wasSent">Whether it was sent before, and its outcome is not known: then a conflict may be with itself, and is no answer.</param>
    /// <exception cref="CspMigrationException">Refused, or still unknown when the time is over.</exception>
    public async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, Task<T>> send, Func<CancellationToken, Task<T?>> find, CancellationToken cancellationToken, bool wasSent = false)
        where T : class
    {
        var retry = _operation.Session.Retry;
        var startedAt = _operation.Time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await send(cancellationToken).ConfigureAwait(false);
            }
            catch (CspMigrationException e) when (e.OutcomeUnknown || (wasSent && e.StatusCode == 409))
            {
                wasSent = true;
                if (await find(cancellationToken).ConfigureAwait(false) is { } found)
                {
                    _operation.Observer.Verbose($"The answer to {what} was lost, but it was done.");
                    return found;
                }

                var delay = retry.BackOff(failures);
                if (_operation.Time.GetElapsedTime(startedAt) + delay > retry.Budget)
                {
                    throw;
                }

                _operation.Observer.Verbose($"The answer to {what} was lost, and it was not done: it is sent again under the same request id.");
                _operation.Observer.Waiting($"{what} not answered", delay);
                await _operation.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
