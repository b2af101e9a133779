using Xunit;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>A theory that needs a browser; elsewhere it is skipped, with the reason.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.Executable is null ? "There is no chromium on the PATH." : null;
}
