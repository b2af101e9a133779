using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the cultures in whose languages there are texts.</summary>
public sealed class CultureCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return ReportLanguage.All.Select(language => new Suggestion(language.Culture, language.Culture, language.Culture));
    }
}
