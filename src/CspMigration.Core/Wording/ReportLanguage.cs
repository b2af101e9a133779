using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Core.Wording;

/// <summary>
/// A language that reports and invitations are written in. Which there are, and how each writes dates and numbers, does not depend
/// on the machine: its own cultures may be incomplete, or left out (<c>DOTNET_SYSTEM_GLOBALIZATION_INVARIANT</c>).
/// </summary>
public sealed class ReportLanguage
{
    private ReportLanguage(string culture, string tag, string? folder)
    {
        Culture = culture;
        Tag = tag;
        Folder = folder;
    }

    /// <summary>The language of everything else that the module says.</summary>
    public static ReportLanguage English { get; } = new("en-US", "en", folder: null);

    /// <summary>Every language (docs/languages.md).</summary>
    public static IReadOnlyList<ReportLanguage> All { get; } =
    [
        English,
        new("fr-FR", "fr", "fr"),
        new("zh-TW", "zh-Hant-TW", "zh-Hant"),
    ];

    /// <summary>The culture whose dates and numbers it has, such as <c>fr-FR</c>.</summary>
    public string Culture { get; }

    /// <summary>The value of <c>lang</c> in a page.</summary>
    internal string Tag { get; }

    /// <summary>The folder of its satellite assembly beside this one; null for the language of the assembly itself.</summary>
    internal string? Folder { get; }

    /// <summary>The language of a culture, by the culture's name or the language's alone (<c>fr-FR</c>, <c>fr</c>), in any case; null where there is none.</summary>
    public static ReportLanguage? Find(string culture)
    {
        return All.FirstOrDefault(language => new[] { language.Culture, language.Tag, language.Folder }.Contains(culture, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The culture's name.</summary>
    public override string ToString() => Culture;
}
