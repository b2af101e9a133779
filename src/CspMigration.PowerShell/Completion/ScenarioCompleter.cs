using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Sessions;
using CspMigration.Sandbox;

namespace CspMigration.PowerShell.Completion;

/// <summary>Completes the names of the sandbox's scenarios; behind a colon, the options.</summary>
public sealed class ScenarioCompleter : SuggestionCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound)
    {
        return SandboxTenant.Scenarios.Select(scenario => new Suggestion(scenario.Name, scenario.Name, $"{scenario.Description} {OptionsOf(scenario)}".TrimEnd()));
    }

    private protected override IEnumerable<Suggestion> Suggest(PartnerSession? session, IDictionary bound, string word)
    {
        return word.Contains(":")
            ? SandboxTenant.CompleteScenario(word).Select(option => new Suggestion(option.Key, option.Key, option.Value))
            : Suggest(session, bound);
    }

    private static string OptionsOf(SandboxScenario scenario)
    {
        return scenario.Options.Count == 0 ? "" : $"Options after a colon: {string.Join(", ", scenario.Options)}.";
    }
}
