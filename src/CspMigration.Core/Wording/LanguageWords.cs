using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Core.Wording;

/// <summary>How a language writes numbers, dates and lists, and what it says of errors and remedies.</summary>
internal sealed class LanguageWords
{
    private readonly TextTable _formats;
    private readonly NumberFormatInfo _numbers;
    private readonly HashSet<string> _singular;

    public LanguageWords(ReportLanguage language)
    {
        Language = language;
        Causes = TextTable.Causes(language);
        Remedies = TextTable.Remedies(language);
        _formats = TextTable.Formats(language);
        _numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        _numbers.NumberGroupSeparator = _formats["GroupSeparator"];
        _singular = [.. _formats["SingularNumbers"].Split(' ')];
    }

    public ReportLanguage Language { get; }

    /// <summary>Whether errors are in this language too.</summary>
    public bool IsEnglish => Language == ReportLanguage.English;

    /// <summary>What happened, by the id of the error.</summary>
    public TextTable Causes { get; }

    /// <summary>What to do, by the id of the remedy.</summary>
    public TextTable Remedies { get; }

    public string Number(long number) => number.ToString("N0", _numbers);

    /// <summary>A UTC day.</summary>
    public string Date(DateTime day) => day.ToString(_formats["DatePattern"], CultureInfo.InvariantCulture);

    /// <summary>A UTC day and the time of it.</summary>
    public string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString(_formats["MomentPattern"], CultureInfo.InvariantCulture);

    public string List(IEnumerable<string> items) => string.Join(_formats["ListSeparator"], items);

    /// <summary>What stands between two sentences.</summary>
    public string SentenceSeparator => _formats["SentenceSeparator"];

    public string Sentences(IEnumerable<string> sentences) => string.Join(SentenceSeparator, sentences.Where(sentence => sentence.Length > 0));

    /// <summary>A sentence that ends where a command follows.</summary>
    public string BeforeCommand(string sentence) => string.Format(CultureInfo.InvariantCulture, _formats["BeforeCommand"], sentence);

    /// <summary>Whether the language has its singular with a number.</summary>
    public bool IsSingular(int number) => _singular.Contains(number.ToString(CultureInfo.InvariantCulture));
}
