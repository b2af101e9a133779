using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CspMigration.PowerShell.Wording;

/// <summary>Text that can be copied from a message into a PowerShell prompt.</summary>
internal static class Pasteable
{
    // PowerShell takes the typographic ones for the plain one.
    private static readonly Regex SingleQuote = new("['\u2018\u2019\u201A\u201B]");

    /// <summary>A value between single quotes.</summary>
    public static string Quote(string value) => $"'{SingleQuote.Replace(value ?? throw new ArgumentNullException(nameof(value)), "$0$0")}'";

    /// <summary>A parameter with each of several values: <c>-Target 'One'; -Target 'Another'</c>. It ends a text, without a full stop.</summary>
    public static string Each(string parameter, IEnumerable<string> values) => string.Join("; ", values.Select(value => $"-{parameter} {Quote(value)}"));
}
