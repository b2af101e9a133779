using System;

namespace CspMigration.PartnerCenter.Observation;

/// <summary>
/// What a running operation reports to its caller. Calls come from any thread, also at once, and must not block: they are
/// made by threads that other work needs.
/// </summary>
public interface IOperationObserver
{
    /// <summary>Something the user should know although the operation goes on.</summary>
    void Warning(string message);

    /// <summary>A decision and its reason.</summary>
    void Verbose(string message);

    /// <summary>Whether <see cref="Debug"/> is shown: composing a line for every call costs time.</summary>
    bool DebugEnabled { get; }

    /// <summary>A call to the service: method, path, status, milliseconds, request id; never a secret.</summary>
    void Debug(string message);

    /// <summary>How far it has come.</summary>
    /// <param name="status">What is being done.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are; null while unknown.</param>
    /// <param name="detail">What goes on meanwhile, beside that count; null for nothing.</param>
    void Progress(string status, int done, int? total, string? detail = null);

    /// <summary>It waits before it goes on.</summary>
    /// <param name="reason">Why, such as "throttled".</param>
    /// <param name="duration">For how long.</param>
    void Waiting(string reason, TimeSpan duration);

    /// <summary>
    /// Runs a handler of the user's where the user's code may run, now or soon, and reports a
    /// <see cref="Contracts.CspMigrationException"/> it ends with.
    /// </summary>
    void RunHandler(Action handler);
}
