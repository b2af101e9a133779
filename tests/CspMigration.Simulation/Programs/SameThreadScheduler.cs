using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Simulation.Programs;

/// <summary>Does every piece of work at once, on the thread that starts it, so that a program always runs in the same order.</summary>
internal sealed class SameThreadScheduler : TaskScheduler
{
    private static readonly SameThreadScheduler Instance = new();

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Does work that waits for nothing but the simulated time.</summary>
    /// <exception cref="InvalidOperationException">It has gone on elsewhere, and would not run the same way again.</exception>
    public static T Run<T>(Func<Task<T>> work)
    {
        var task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Instance).Unwrap();
        return task.IsCompleted
            ? task.GetAwaiter().GetResult()
            : throw new InvalidOperationException("The program has left its thread: something waits for another thread, or for the real time.");
    }

    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
