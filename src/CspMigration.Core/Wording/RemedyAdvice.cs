using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;

namespace CspMigration.Core.Wording;

/// <summary>A remedy as a page shows it: what to do, and apart from it the commands, each to be copied.</summary>
internal sealed class RemedyAdvice
{
    // What a command is between until it is known where in the sentence it stands; neither is a character of any text.
    private const char Begin = '\uE000';
    private const char End = '\uE001';

    private static readonly Regex Piped = new($@"(?<=\| ){Begin}([^{End}]*){End}");
    private static readonly Regex AtEnd = new($@"\s*{Begin}[^{End}]*{End}\s*$");
    private static readonly Regex Inside = new($"{Begin}([^{End}]*){End}");
    private static readonly Regex FirstWord = new(@"\w+-[A-Z]\w+|-?[A-Z]\w+");

    private RemedyAdvice(string sentence, IReadOnlyList<string> commands)
    {
        Sentence = sentence;
        Commands = commands;
    }

    /// <summary>What to do. A command in the middle of it is only named.</summary>
    public string Sentence { get; }

    /// <summary>The commands, as they are pasted.</summary>
    public IReadOnlyList<string> Commands { get; }

    public static RemedyAdvice Of(Remedy remedy, LanguageWords words)
    {
        var composer = new Composer(words);
        return new RemedyAdvice(composer.Compose(remedy), [.. composer.Commands.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>What happened in a message that ends with what to do, without that and without ids.</summary>
    public static string CauseIn(string message, Remedy? remedy)
    {
        var action = remedy?.ToString() ?? "";
        return ShortIds.In(message.EndsWith(action, StringComparison.Ordinal) ? message.Substring(0, message.Length - action.Length).TrimEnd() : message);
    }

    private sealed class Composer : IFormatProvider, ICustomFormatter
    {
        private readonly LanguageWords _words;

        public Composer(LanguageWords words) => _words = words;

        public List<string> Commands { get; } = [];

        public string Compose(Remedy remedy)
        {
            return remedy.IsGroup ? _words.Sentences(remedy.Arguments.OfType<Remedy>().Select(Compose)) : SetCommandsApart(SentenceOf(remedy));
        }

        public object? GetFormat(Type formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? argument, IFormatProvider formatProvider)
        {
            return argument switch
            {
                null => "",
                Remedy remedy => SentenceOf(remedy),
                string text => ShortIds.In(text),

                // The commands of all are collected; the sentence is the first one's.
                IEnumerable<Remedy> several => several.Select(SentenceOf).ToList().FirstOrDefault() ?? "",
                IEnumerable several => _words.List(several.Cast<object>().Select(item => Format(null, item, formatProvider))),
                IConvertible number => _words.Number(number.ToInt64(CultureInfo.InvariantCulture)),
                _ => argument.ToString(),
            };
        }

        private string SentenceOf(Remedy remedy)
        {
            if (remedy.IsGroup)
            {
                return _words.Sentences(remedy.Arguments.OfType<Remedy>().Select(SentenceOf));
            }

            if (RemedySentences.Has(remedy))
            {
                return remedy.IsInWords ? remedy.ToString() : string.Format(this, _words.Remedies[remedy.Id], [.. remedy.Arguments]);
            }

            var command = remedy.ToString();
            Commands.Add(command);
            return $"{Begin}{command}{End}";
        }

        private string SetCommandsApart(string sentence)
        {
            // The end of a pipeline stays with it.
            var whole = Piped.Replace(sentence, piped =>
            {
                _ = Commands.Remove(piped.Groups[1].Value);
                return piped.Groups[1].Value;
            });
            var text = AtEnd.Replace(whole, "");
            if (text.Length != whole.Length && text.Length > 0 && char.IsLetterOrDigit(text[text.Length - 1]))
            {
                text = _words.BeforeCommand(text);
            }

            return Inside.Replace(text, inside => FirstWord.Match(inside.Groups[1].Value).Value);
        }
    }
}
