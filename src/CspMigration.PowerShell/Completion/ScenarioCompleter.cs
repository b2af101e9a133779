using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CspMigration.Sandbox;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of the sandbox's scenarios.</summary>
public sealed class ScenarioCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        return CompletionText.Of(wordToComplete, SandboxTenant.Scenarios.Select(scenario => (scenario.Name, scenario.Description)));
    }
}
