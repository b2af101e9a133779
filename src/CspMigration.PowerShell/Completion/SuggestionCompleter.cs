using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Completion;

/// <summary>
/// Completes an argument from what this process knows already; the network is never asked. What has been typed may stand
/// anywhere in the text or in the name, and may have wildcards.
/// </summary>
public abstract class SuggestionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        var wanted = new Wildcard($"*{word}*");
        return [.. Suggest(SessionOf(fakeBoundParameters), fakeBoundParameters, word)
            .Where(suggestion => wanted.MatchesAny([suggestion.Text, suggestion.Name]))
            .GroupBy(suggestion => suggestion.Text, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .Select(suggestion => new CompletionResult(
                Quote(suggestion.Text), suggestion.Name, CompletionResultType.ParameterValue, suggestion.ToolTip))];
    }

    /// <summary>The same, where what fits depends on what has been typed.</summary>
    private protected virtual IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound, string word) => Suggest(session, bound);

    /// <summary>Everything that fits, in the order in which it is shown.</summary>
    /// <param name="session">The connection that the command would use; null where there is none.</param>
    /// <param name="bound">The arguments that are there by now.</param>
    private protected abstract IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound);

    private static PartnerSession? SessionOf(IDictionary bound)
    {
        var context = bound["Context"] is PSObject wrapped ? wrapped.BaseObject : bound["Context"];
        return context is CspPartner partner ? ConnectionTable.Find(partner) : ConnectionTable.Current;
    }

    private static string Quote(string text)
    {
        return !text.StartsWith("-", StringComparison.Ordinal) && text.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.')
            ? text
            : Pasteable.Quote(text);
    }
}
