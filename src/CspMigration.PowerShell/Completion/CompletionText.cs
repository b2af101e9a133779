using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Completion;

/// <summary>Turns names into completions: matched anywhere in the name, quoted where they need it.</summary>
internal static class CompletionText
{
    public static IEnumerable<CompletionResult> Of(string wordToComplete, IEnumerable<(string Name, string ToolTip)> names)
    {
        var word = wordToComplete.Trim('\'', '"');
        return [.. names
            .Where(name => name.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            .Select(name => new CompletionResult(Quote(name.Name), name.Name, CompletionResultType.ParameterValue, name.ToolTip))];
    }

    private static string Quote(string name)
    {
        return name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.') ? name : $"'{name.Replace("'", "''")}'";
    }
}
