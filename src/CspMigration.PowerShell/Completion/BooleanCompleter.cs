using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes yes and no as PowerShell writes them.</summary>
public sealed class BooleanCompleter : IArgumentCompleter
{
    private static readonly string[] Values = ["$true", "$false"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        return Values.Where(value => value.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)).Select(value => new CompletionResult(value));
    }
}
