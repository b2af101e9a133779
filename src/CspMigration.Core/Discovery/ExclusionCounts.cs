using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Core.Discovery;

/// <summary>How many subscriptions were left out, by reason.</summary>
internal sealed class ExclusionCounts
{
    private readonly Dictionary<string, int> _counts = [];

    public void Add(string reason, int count)
    {
        if (count > 0)
        {
            _counts[reason] = count + (_counts.TryGetValue(reason, out var before) ? before : 0);
        }
    }

    public void Add(ExclusionCounts others)
    {
        foreach (var other in others._counts)
        {
            Add(other.Key, other.Value);
        }
    }

    /// <summary>The end of a sentence: <c>; left out: 2 not active, 1 on trial.</c></summary>
    public override string ToString()
    {
        return _counts.Count == 0 ? "."
            : $"; left out: {string.Join(", ", _counts.Select(reason => string.Format(CultureInfo.CurrentCulture, "{0} {1}", reason.Value, reason.Key)))}.";
    }
}
