using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CspMigration.Simulation;

/// <summary>
/// What the environment asks for:
/// <list type="bullet">
/// <item><c>CSPMIGRATION_FULL_MATRIX=1</c>: 100,000 seeds in place of the gate's.</item>
/// <item><c>CSPMIGRATION_SIMULATION_SEEDS=17</c> or <c>=1-5000</c>: these seeds.</item>
/// <item><c>CSPMIGRATION_SIMULATION_IGNORE=BoughtTwice,Endless</c>: kinds to look away from, so that others show.</item>
/// <item><c>CSPMIGRATION_SIMULATION_EACH=3</c>: how many shrunk programs of a kind are printed; the default is 1.</item>
/// <item><c>CSPMIGRATION_SIMULATION_PROGRAM=file</c>: runs the program in a file and prints all its requests, or those in a folder, each in a file.</item>
/// </list>
/// </summary>
internal static class Settings
{
    private const int GateSeeds = 1_500;
    private const int FullSeeds = 100_000;

    public static (int First, int Last) Seeds
    {
        get
        {
            if (Read("CSPMIGRATION_SIMULATION_SEEDS") is not { } range)
            {
                return (1, Read("CSPMIGRATION_FULL_MATRIX") is null or "0" ? GateSeeds : FullSeeds);
            }

            var ends = range.Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
            return (ends[0], ends[^1]);
        }
    }

    public static IReadOnlySet<string> Ignored { get; } = new HashSet<string>((Read("CSPMIGRATION_SIMULATION_IGNORE") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));

    public static int Each => int.Parse(Read("CSPMIGRATION_SIMULATION_EACH") ?? "1", CultureInfo.InvariantCulture);

    public static string? ProgramPath => Read("CSPMIGRATION_SIMULATION_PROGRAM");

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
