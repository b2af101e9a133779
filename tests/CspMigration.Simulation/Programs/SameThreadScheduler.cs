using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Simulation.Programs;

/// <summary>Does every piece of work at once, on the thread that starts it, so that a program always runs in the same order.</summary>
internal sealed class SameThreadScheduler : TaskScheduler
{
    // What one piece of work starts runs on top of it; where the stack gets short the runtime would send it to another thread.
    private const int StackSize = 64 << 20;

    private static readonly SameThreadScheduler Instance = new();

    [ThreadStatic]
    private static bool _isOwn;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Does work that waits for nothing but the simulated time, on a thread of its own.</summary>
    /// <exception cref="InvalidOperationException">It has gone on elsewhere, and would not run the same way again.</exception>
    public static T Run<T>(Func<Task<T>> work)
    {
        Task<T>? task = null;
        var thread = new Thread(
            () =>
            {
                _isOwn = true;
                task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Instance).Unwrap();
            },
            StackSize);
        thread.Start();
        thread.Join();
        return task!.IsCompleted
            ? task.GetAwaiter().GetResult()
            : throw new InvalidOperationException("The program has left its thread: something waits for another thread, or for the real time.");
    }

    /// <summary>Fails on any thread but that of a program.</summary>
    /// <exception cref="InvalidProgramException">It is another.</exception>
    public static void Check()
    {
        if (!_isOwn)
        {
            throw new InvalidProgramException("The program goes on in another thread, where it would not run the same way again.");
        }
    }

    protected override void QueueTask(Task task) => TryExecuteTask(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
