using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Wording;

/// <summary>What each remedy says in a sentence, by its id. The commands that are filled in are the front end's.</summary>
public static class RemedySentences
{
    /// <summary>In English, which is what prompts and errors are in.</summary>
    public static IReadOnlyDictionary<string, string> English => TextTable.Remedies(ReportLanguage.English).All;

    /// <summary>Whether a remedy is a sentence; else it is a command.</summary>
    internal static bool Has(Remedy remedy) => remedy.IsGroup || remedy.IsInWords || English.ContainsKey(remedy.Id);
}
