using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Migration;

/// <summary>Names with <c>*</c> for any text and <c>?</c> for any character, without regard to case.</summary>
internal sealed class Wildcard
{
    private readonly Regex _pattern;

    public Wildcard(string pattern)
    {
        Text = pattern;
        IsPattern = pattern.IndexOfAny(['*', '?']) >= 0;
        var expression = Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".");
        _pattern = new Regex($"^{expression}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    public string Text { get; }

    /// <summary>Whether it has a wildcard at all.</summary>
    public bool IsPattern { get; }

    /// <summary>The text before the first wildcard.</summary>
    public string Prefix => IsPattern ? Text.Substring(0, Text.IndexOfAny(['*', '?'])) : Text;

    public bool Matches(string? name) => name is not null && _pattern.IsMatch(name);

    public bool MatchesAny(IEnumerable<string?> names) => names.Any(Matches);
}
