using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Threading;

/// <summary>Splits work into batches.</summary>
internal static class Batches
{
    /// <summary>The items in their order, so many in each but the last.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> items, int size)
    {
        for (var first = 0; first < items.Count; first += size)
        {
            yield return [.. items.Skip(first).Take(size)];
        }
    }
}
