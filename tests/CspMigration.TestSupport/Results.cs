using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CspMigration.TestSupport;

/// <summary>Readers of a step's results for tests that only collect or look at them.</summary>
public static class Results
{
    /// <summary>Adds each result to a list; from one thread at a time.</summary>
    public static Func<T, Task> Into<T>(ICollection<T> list)
    {
        return Each<T>(result =>
        {
            lock (list)
            {
                list.Add(result);
            }
        });
    }

    /// <summary>Adds results that come several at once.</summary>
    public static Func<IReadOnlyList<T>, Task> AllInto<T>(List<T> list) => Each<IReadOnlyList<T>>(list.AddRange);

    /// <summary>Does something with each result.</summary>
    public static Func<T, Task> Each<T>(Action<T> take)
    {
        return result =>
        {
            take(result);
            return Task.CompletedTask;
        };
    }
}
