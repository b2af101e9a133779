using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.PowerShell.Wording;

/// <summary>Words the remedies of the libraries as a person at a PowerShell prompt reads them.</summary>
internal static class RemedyText
{
    /// <summary>Every id that has words.</summary>
    public static IEnumerable<string> Ids => RemedySentences.English.Keys.Concat(CommandLines.ById.Keys).Concat(CommandLines.Composed.Keys);

    /// <summary>The words of a remedy; a command ends them without a full stop.</summary>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    public static string Of(Remedy remedy)
    {
        return CommandLines.Composed.TryGetValue(remedy.Id, out var compose)
            ? compose(remedy.Arguments)
            : string.Format(Arguments.Format, SentenceOf(remedy.Id), [.. remedy.Arguments]);
    }

    private static string SentenceOf(string id)
    {
        return RemedySentences.English.TryGetValue(id, out var sentence) || CommandLines.ById.TryGetValue(id, out sentence)
            ? sentence
            : throw new KeyNotFoundException($"The remedy {id} has no words.");
    }

    // How what is filled in stands in a sentence: what is pasted in every culture alike, several things one after the other.
    private sealed class Arguments : IFormatProvider, ICustomFormatter
    {
        public static readonly Arguments Format = new();

        public object? GetFormat(Type formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        string ICustomFormatter.Format(string? format, object? argument, IFormatProvider formatProvider)
        {
            return argument switch
            {
                null => "",
                string text => format == "quoted" ? Pasteable.Quote(text) : text,
                IEnumerable several => string.Join(format switch { ";" => "; ", "and" => " and ", _ => ", " }, several.Cast<object>()),
                _ => Convert.ToString(argument, CultureInfo.InvariantCulture),
            };
        }
    }
}
