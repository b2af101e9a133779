using System.Collections;
using System.Collections.Generic;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the terms the service sells.</summary>
public sealed class TermCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return [new Suggestion("P1M", "P1M", "One month."), new Suggestion("P1Y", "P1Y", "One year."), new Suggestion("P3Y", "P3Y", "Three years.")];
    }
}
