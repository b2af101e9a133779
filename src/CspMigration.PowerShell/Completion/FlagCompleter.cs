using System.Collections;
using System.Collections.Generic;
using CspMigration.Core.Sessions;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes a flag of a saved record, which is text.</summary>
public sealed class FlagCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return [new Suggestion(bool.TrueString, bool.TrueString, "Yes."), new Suggestion(bool.FalseString, bool.FalseString, "No.")];
    }
}
