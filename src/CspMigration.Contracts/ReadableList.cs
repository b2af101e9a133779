using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace CspMigration.Contracts;

/// <summary>A list that is a readable text where an object is written as a row, as Export-Csv does: <c>first; second</c>.</summary>
/// <typeparam name="T">What is in it; each writes itself.</typeparam>
internal sealed class ReadableList<T> : ReadOnlyCollection<T>
{
    private ReadableList(IList<T> items)
        : base(items)
    {
    }

    public static ReadableList<T> Empty { get; } = new([]);

    public static ReadableList<T> Of(IReadOnlyList<T> items)
    {
        return items as ReadableList<T> ?? (items.Count == 0 ? Empty : new ReadableList<T>([.. items]));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Select(item => item?.ToString()));
}
