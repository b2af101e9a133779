using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Oracle;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Shrinking;
using Xunit;

namespace CspMigration.Simulation.Mutants;

/// <summary>The simulation can fail: faults put in on purpose are found, each as what it is.</summary>
public sealed class MutantTests
{
    private const string World = """
        world open
          customer C1
            sub s1 CrmEssential seats=3 ends=30 renews reseller=4567890
            user u1 CrmEssential/off2
            user u2 CrmEssential
        """;

    private static readonly Dictionary<string, (string Steps, Mutant Mutant, string Kind)> Faults = new()
    {
        ["orders are placed twice"] = ("line s1", new BuysTwice(), Kind.BoughtTwice),
        ["licenses are taken without giving others"] = ("line s1", new TakesWithoutGiving(), Kind.UserWithoutLicense),
        ["switched-off plans come on"] = ("line s1", new SwitchesPlansOn(), Kind.PlansChanged),
        ["the reseller is forgotten"] = ("line s1", new ForgetsTheReseller(), Kind.ResellerLost),
        ["names are overwritten"] = ("line s1", new RenamesWhatItChanges(), Kind.ChangeOverwritten),
        ["users are said to be moved"] = ("line s1", new ReportsMovesThatWereNotMade(), Kind.ReportUntrue),
        ["the source is said to be suspended"] = ("line s1", new PretendsToSend(call => call.IsPatch), Kind.ReportUntrue),
        ["the target is left after a rollback"] = ("line s1\nundo s1", new PretendsToSend(call => call.IsPatch && call.Body.Contains("(from", System.StringComparison.Ordinal)), Kind.BilledAfterRollback),
        ["the renewal is not restored by a rollback"] = ("line s1 at-term-end\nundo s1", new PretendsToSend(IsRenewal), Kind.RollbackIncomplete),
        ["plans are carried out"] = ("line s1 what-if", new CarriesPlansOut(), Kind.PlanWrites),
        ["an object is dropped"] = ("line s1", new DropsTheLast(), Kind.DroppedInSilence),
    };

    // Of the source, which has no mark.
    private static bool IsRenewal(Call call) =>
        call.IsPatch && call.Body.Contains("\"autoRenewEnabled\":true", System.StringComparison.Ordinal) && !call.Body.Contains("(from", System.StringComparison.Ordinal);

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_put_in_on_purpose_is_found(string name)
    {
        var (steps, mutant, kind) = Faults[name];
        var program = SimulationProgram.Parse($"{World}\n{steps}");

        Assert.Empty(ProgramRun.Run(program).Violations);
        Assert.Equal(kind, ProgramRun.Run(program, mutant).Violations.FirstOrDefault()?.Kind);
    }

    [Fact]
    public void A_fault_put_in_on_purpose_is_found_in_programs_made_up_by_seed_and_shrunk_to_a_line()
    {
        var mutant = new BuysTwice();
        var program = Enumerable.Range(1, 500).Select(ProgramGenerator.Make)
            .First(program => program.Steps.Count > 2 && ProgramRun.Run(program, mutant).Violations is [{ Kind: Kind.BoughtTwice }, ..]);

        var shrunk = Shrinker.Shrink(program, Kind.BoughtTwice, mutant);

        Assert.True(shrunk.Steps.Count <= 1, shrunk.ToString());
        Assert.Single(shrunk.World.Subscriptions);
        Assert.Empty(shrunk.World.Users);
        Assert.Equal(Kind.BoughtTwice, ProgramRun.Run(shrunk, mutant).Violations[0].Kind);
    }
}
