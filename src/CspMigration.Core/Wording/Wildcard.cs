using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Wording;

/// <summary>
/// Names with <c>*</c> for any text, <c>?</c> for any character and <c>[a-c]</c> for one of some, without regard to case. A
/// name matches itself, whatever is in it.
/// </summary>
public sealed class Wildcard
{
    // As they look after Regex.Escape.
    private static readonly Regex Special = new(@"\\\[(?<set>[^\[\]]+)\]|\\\*|\\\?");

    private readonly Regex? _pattern;

    /// <param name="pattern">The name, or the pattern.</param>
    public Wildcard(string pattern)
    {
        Text = pattern;
        IsPattern = Special.IsMatch(Regex.Escape(pattern));
        _pattern = IsPattern ? Compile(pattern) : null;
    }

    /// <summary>The name, or the pattern, as it was given.</summary>
    public string Text { get; }

    /// <summary>Whether it has a wildcard at all.</summary>
    public bool IsPattern { get; }

    /// <summary>The text before the first wildcard.</summary>
    public string Prefix => IsPattern ? Text.Substring(0, Text.IndexOfAny(['*', '?', '['])) : Text;

    /// <summary>Whether a name is meant; null is not.</summary>
    public bool Matches(string? name) =>
        name is not null && (string.Equals(name, Text, StringComparison.OrdinalIgnoreCase) || (_pattern?.IsMatch(name) ?? false));

    /// <summary>Whether one of them is meant.</summary>
    public bool MatchesAny(IEnumerable<string?> names) => names.Any(Matches);

    private static Regex? Compile(string pattern)
    {
        var expression = Special.Replace(
            Regex.Escape(pattern),
            match => match.Groups["set"] is { Success: true } set ? $"[{set.Value}]" : match.Value == @"\*" ? ".*" : ".");
        try
        {
            return new Regex($"^{expression}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            // A set that runs backwards, such as [z-a], has nothing in it.
            return null;
        }
    }
}
