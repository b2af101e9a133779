using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CspMigration.Core.Changes;

/// <summary>What came of a change that was confirmed.</summary>
internal sealed class ExecutedChange
{
    private ExecutedChange(Func<Task> reportAsync, IReadOnlyList<PlannedChange> instead)
    {
        ReportAsync = reportAsync;
        Instead = instead;
    }

    /// <summary>Reports the results; called after the customer's turn, because the reader of the results may need it.</summary>
    public Func<Task> ReportAsync { get; }

    /// <summary>What is to be done in its place, because the service showed that this cannot be; empty where it was done.</summary>
    public IReadOnlyList<PlannedChange> Instead { get; }

    /// <summary>It was done.</summary>
    public static ExecutedChange Of(Func<Task> reportAsync) => new(reportAsync, []);

    /// <summary>Something else is to be confirmed and done in its place.</summary>
    public static ExecutedChange ReplacedBy(IReadOnlyList<PlannedChange> changes) => new(() => Task.CompletedTask, changes);
}
