using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;
using CspMigration.Sandbox;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of the sandbox's scenarios.</summary>
public sealed class ScenarioCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return SandboxTenant.Scenarios.Select(scenario => new Suggestion(scenario.Name, scenario.Name, scenario.Description));
    }
}
