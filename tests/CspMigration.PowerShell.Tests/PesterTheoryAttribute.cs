using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>A theory that needs pwsh and Pester; elsewhere it is skipped, with the reason.</summary>
public sealed class PesterTheoryAttribute : TheoryAttribute
{
    public PesterTheoryAttribute() => Skip = Pwsh.ReasonToSkip("Pester");
}
