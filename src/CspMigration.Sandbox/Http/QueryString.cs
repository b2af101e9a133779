using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Http;

/// <summary>The query of a request; names are matched in any casing.</summary>
internal sealed class QueryString
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    /// <param name="text">With or without the question mark, still escaped.</param>
    public QueryString(string text)
    {
        Text = text.TrimStart('?');
        foreach (var part in Text.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            var name = equals < 0 ? part : part.Substring(0, equals);
            var value = equals < 0 ? "" : part.Substring(equals + 1);
            _pairs.Add(new(Unescape(name), Unescape(value)));
        }
    }

    public string Text { get; }

    /// <summary>The first value of this name; null if it is absent or empty.</summary>
    public string? this[string name] => All(name).FirstOrDefault(value => value.Length > 0);

    public IEnumerable<string> All(string name) =>
        _pairs.Where(pair => AnyCase.AreEqual(pair.Key, name)).Select(pair => pair.Value);

    /// <summary>A word of an enumeration, in the service's spelling; null if it is absent or empty.</summary>
    public string? Word(string name, Vocabulary words)
    {
        var text = this[name];
        return text == null ? null : words.Find(text) ?? throw Refusals.BadInput($"{name} must be one of {words}, not {text}.");
    }

    /// <summary>True or false; false if it is absent.</summary>
    public bool Flag(string name) => this[name] is { } text
        && (bool.TryParse(text, out var flag) ? flag : throw Refusals.BadInput($"{name} must be true or false."));

    /// <summary>A whole number of zero or more; the fallback if it is absent.</summary>
    public int Number(string name, int fallback)
    {
        var text = this[name];
        if (text == null)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refusals.BadInput($"{name} must be a whole number.");
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
