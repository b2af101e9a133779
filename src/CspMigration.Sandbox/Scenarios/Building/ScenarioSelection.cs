using System;
using System.Collections.Generic;
using System.Globalization;
using System.Xml;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>The chosen scenario and the values of its options.</summary>
internal sealed class ScenarioSelection
{
    private readonly Dictionary<string, string> _values;

    public ScenarioSelection(Scenario scenario, Dictionary<string, string> values)
    {
        Scenario = scenario;
        _values = values;
    }

    public Scenario Scenario { get; }

    public T Enum<T>(string option)
        where T : struct => (T)System.Enum.Parse(typeof(T), _values[option], ignoreCase: true);

    public bool IsOn(string option) => IsChosen(option, "on");

    public bool IsMissing(string option) => IsChosen(option, "missing");

    public bool IsChosen(string option, string word) => AnyCase.AreEqual(_values[option], word);

    /// <summary>The chosen word; null for <c>none</c>.</summary>
    public string? Choice(string option) => IsChosen(option, "none") ? null : _values[option];

    public int Whole(string option) => int.Parse(_values[option], NumberStyles.None, CultureInfo.InvariantCulture);

    public TimeSpan Duration(string option) => XmlConvert.ToTimeSpan(_values[option]);
}
