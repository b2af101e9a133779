using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>Parses the text of a scenario: <c>name:option=value,option=value</c>.</summary>
internal static class ScenarioParser
{
    /// <exception cref="ArgumentException">There is no such scenario or option; the message lists the known ones.</exception>
    public static ScenarioSelection Parse(string text) => Parse(text, ScenarioTable.All);

    /// <param name="text">The text.</param>
    /// <param name="known">The scenarios that there are.</param>
    /// <exception cref="ArgumentException">The same.</exception>
    public static ScenarioSelection Parse(string text, IReadOnlyList<Scenario> known)
    {
        var colon = text.IndexOf(':');
        var name = (colon < 0 ? text : text.Substring(0, colon)).Trim();
        var scenario = known.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Name, name)) ?? throw new ArgumentException(
            $"There is no scenario \"{name}\". Known are: {string.Join(", ", known.Select(candidate => candidate.Name))}.");
        var options = scenario.AllOptions;
        var values = options.ToDictionary(option => option.Name, option => option.Fallback, AnyCase.Comparer);
        foreach (var part in colon < 0 ? [] : text.Substring(colon + 1).Split([','], StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Pair(part);
            var option = options.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Name, key)) ?? throw new ArgumentException(
                $"The scenario {scenario.Name} has no option \"{key}\". It has: "
                + $"{string.Join(", ", options)}.");
            option.Check(value);
            values[option.Name] = value;
        }

        return new ScenarioSelection(scenario, values);
    }

    /// <summary>The completions of the options: each option that the text does not have yet, with its valid values.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Complete(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0 || ScenarioTable.All.FirstOrDefault(candidate => AnyCase.AreEqual(candidate.Name, text.Substring(0, colon).Trim())) is not { } scenario)
        {
            return [];
        }

        var head = text.Substring(0, Math.Max(colon, text.LastIndexOf(',')) + 1);
        var present = head.Substring(colon + 1).Split(',').Select(part => Pair(part).Name).ToList();
        return [.. scenario.AllOptions
            .Where(option => !present.Contains(option.Name, AnyCase.Comparer))
            .SelectMany(option => option.Examples.Select(value => new KeyValuePair<string, string>($"{head}{option.Name}={value}", option.ToString())))];
    }

    private static (string Name, string Value) Pair(string part)
    {
        var equals = part.IndexOf('=');
        return equals < 0 ? (part.Trim(), "") : (part.Substring(0, equals).Trim(), part.Substring(equals + 1).Trim());
    }
}
