using System;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Whether everything is asked for that takes longer than a gate may.</summary>
internal static class FullRun
{
    private const string Variable = "CSPMIGRATION_FULL_MATRIX";

    public static bool IsAskedFor => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value && value != "0";
}
