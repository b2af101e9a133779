using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>A test that needs pwsh and PSScriptAnalyzer; elsewhere it is skipped, with the reason.</summary>
public sealed class ScriptAnalyzerFactAttribute : FactAttribute
{
    public ScriptAnalyzerFactAttribute() => Skip = Pwsh.ReasonToSkip("PSScriptAnalyzer");
}
