using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>An option of a scenario: its name, default and valid values.</summary>
internal sealed class ScenarioOption
{
    private readonly Func<string, bool> _accepts;

    private ScenarioOption(string name, string fallback, string values, Func<string, bool> accepts, params string[] examples)
    {
        Name = name;
        Fallback = fallback;
        Values = values;
        _accepts = accepts;
        Examples = examples;
    }

    public string Name { get; }

    public string Fallback { get; }

    /// <summary>The valid values, for people.</summary>
    public string Values { get; }

    /// <summary>Values for completion.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>One of these words, the first being the default.</summary>
    public static ScenarioOption Choice(string name, params string[] words) =>
        new(name, words[0], string.Join("|", words), text => words.Contains(text, AnyCase.Comparer), words);

    public static ScenarioOption Whole(string name, int fallback, int minimum, int maximum) => new(
        name,
        fallback.ToString(CultureInfo.InvariantCulture),
        FormattableString.Invariant($"{minimum} to {maximum}"),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum,
        fallback.ToString(CultureInfo.InvariantCulture));

    /// <summary>An ISO 8601 duration.</summary>
    public static ScenarioOption Duration(string name, string fallback) =>
        new(name, fallback, $"{fallback} or another duration, such as PT15M", text => TryDuration(text, out _), fallback, "PT15M");

    public static bool TryDuration(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return duration >= TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            duration = default;
            return false;
        }
    }

    /// <summary>The option with its valid values.</summary>
    public override string ToString() => $"{Name}={Values}";

    public void Check(string value)
    {
        if (!_accepts(value))
        {
            throw new ArgumentException($"The scenario option {Name} is {Values}, not \"{value}\".");
        }
    }
}
