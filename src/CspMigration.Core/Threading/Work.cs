using System;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>Starts work that goes on beside its caller, on the caller's scheduler: the thread pool, unless a caller brings its own.</summary>
internal static class Work
{
    public static Task Start(Func<Task> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();

    public static Task<T> Start<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
}
