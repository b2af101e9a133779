using System;
using System.Collections.Generic;
using CspMigration.Simulation.Programs;
using Xunit;

namespace CspMigration.Simulation;

/// <summary>
/// Programs that once broke what must always hold, each kept by what it is about. To keep another, paste the text that
/// <see cref="SimulationTests"/> printed.
/// </summary>
public sealed class KeptProgramTests
{
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["a trial of the target is no target"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlanTrial seats=25 ends=20 trial
                user u1 CrmPro
            line s1
            """,
        ["a subscription that ends soon is no target"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlan seats=1 ends=30
                user u1 CrmPro
            line s1
            """,
        ["a purchase that no longer renews after its roll back renews again when it is used again"] = """
            world closed
              customer C
                sub s1 CrmPro seats=1 ends=30
                user u1 CrmPro
            line s1
            clock 9d
            undo s1
            line s1
            """,
        ["units that are not listed are not zero"] = """
            world open
              customer C
                sub s1 AxSelfServe seats=1 ends=30
                user u1 AxSelfServe
            hide units AxSelfServe
            line s1
            """,
        ["holders that are not counted are not zero"] = """
            world open
              customer C
                sub s1 AxSelfServe seats=1 ends=30
                user u1 AxSelfServe
            hide consumed AxSelfServe
            line s1
            """,
        ["holders of an add-on that are not counted get a seat"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 FieldService seats=1 ends=30 of=s1
                user u1 CrmPro no-location
                user u2 FieldService
            hide units FieldService
            run *
            """,
        ["service plans come back switched off although the units are not listed"] = """
            world open
              customer C
                sub s1 CrmEssential seats=2 ends=30
                user u1 CrmEssential/off1
                user u2 CrmEssential no-location
            line *
            hide units CrmEssential
            undo s1
            """,
        ["a rollback of one of two sources at the end of their terms leaves the other's users"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30
                user u1 CrmPro
                user u2 CrmPro
            run * at-term-end
            undo s2
            """,
        ["a rollback of one of two sources leaves their target"] = """
            world closed
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30
            line s1 s2 at-term-end
            undo s2
            """,
        ["a rollback before the licenses moved leaves the other source's target"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
            buy s1 s2
            undo s2
            """,
        ["a rollback moves no user of another source back"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
                user u1 CrmBasic
            run *
            undo s1
            """,
        ["a rollback moves nobody back who was moved for another source of the SKU"] = """
            world open
              customer C
                sub s1 AxTask seats=1 ends=30
                sub s2 AxTask seats=1 ends=30
                user u1 AxTask/off1
            buy *
            move s1
            undo s2
            """,
        ["a rollback of a base and its add-on brings both licenses back"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 FieldService seats=2 ends=30 of=s1
                user u1 FieldService no-location
                user u2 CrmPro FieldService
            run *
            undo s1 s2
            """,
        ["a rollback of both sources after a crash brings both licenses back"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
                user u1 CrmEssential CrmBasic
            run s1 s2
              patch 1: kill
            undo s1 s2
            """,
        ["a rollback takes the add-on back"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
            line s1 add-on=Storage
            undo s1
            """,
        ["an add-on for nobody in particular is bought once"] = """
            world open
              customer C
                sub s1 CrmPro seats=2 ends=30
            buy s1 add-on=Storage
            """,
        ["another administrator's purchase while the question stands is seen"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
            buy s1
              prompt 1: B: buy s1
            """,
        ["another administrator's purchase is seen before a lost one is sent again"] = """
            world refused
              customer C1
                sub s1 CrmPro seats=1 ends=30
                sub s2 AxTask seats=1 ends=200
                sub s3 AxTask seats=4 ends=30
                user u1 AxTask
            line * target=CustomerService
              order 2: kill
            B: run s2 s3
              update 1: kill-after
            """,
        ["another administrator's purchase is seen before a lost order is sent again"] = """
            world open
              customer C1
                sub s1 CrmPro seats=1 ends=30
                sub s2 AxTask seats=1 ends=200
                sub s3 AxTask seats=4 ends=30
                user u1 AxTask
            line * target=CustomerService
              order 1: kill
            B: run s2 s3
              update 1: kill-after
            """,
        ["users who got the license while the question stood are counted"] = """
            world open
              customer C
                sub s1 CrmEssential seats=2 ends=30
                user u1 CrmEssential
                user u2 CrmEssential
            line s1
              prompt 3: other give u1 CrmEssential
            """,
        ["seats that were added while the question stood stay"] = """
            world closed
              customer C
                sub s1 CrmPro seats=2 ends=30 new renews
                user u1 CrmPro
            line s1
              prompt 3: other seats s1 +5
            """,
        ["a name that was changed while the question of a rollback stood stays"] = """
            world closed
              customer C
                sub s1 CrmPro seats=1 ends=30
            run *
            undo s1
              prompt 1: other rename t:s1
            """,
        ["a source that the list still shows as active is not made active"] = """
            world open view-lag=4m
              customer C
                sub s1 CrmPro seats=1 ends=30 renews new
            line s1 immediate
            line * renewing
            """,
        ["a rollback makes a source active that the list still shows as active"] = """
            world open view-lag=4m
              customer C
                sub s1 CrmBasic seats=1 ends=30
            line *
            undo s1
            """,
        ["two sources are not suspended on the same late units"] = """
            world open units-lag=4m
              customer C
                sub s1 AxSelfServe seats=1 ends=30
                sub s2 AxSelfServe seats=1 ends=30
                user u1 AxSelfServe/group
            line s1 s2
            """,
        ["seats of sources whose users have yet to move are spoken for"] = """
            world open
              customer C
                sub s1 AxSelfServe seats=1 ends=30
                sub s2 CrmBasic seats=4 ends=30
                user u1 AxSelfServe
                user u2 CrmBasic
                user u3 CrmBasic/group
                user u4 CrmBasic
                user u5 CrmBasic
            run s2
            run *
            """,
        ["two targets for one SKU both get users"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30
                user u1 CrmPro
                user u2 CrmPro
            run s1 target=TeamMembers
            line s1 s2
            """,
        ["two resellers of record both keep their customer"] = """
            world open
              customer C
                sub s1 AxDevice seats=1 ends=30 reseller=4567890
                sub s2 AxDevice seats=1 ends=30 reseller=5678901
            line s1 s2
            """,
        ["an expired cart does not block its source"] = """
            world closed
              customer C
                sub s1 CrmPro seats=1 ends=30
                user u1 CrmPro
            line s1
              order 1: kill
            clock 9d
            """,
        ["one refused user does not keep the others"] = """
            world open
              customer C
                sub s1 CrmPro seats=3 ends=30
                user u1 CrmPro refused
                user u2 CrmPro
                user u3 CrmPro
            line s1
            """,
        ["a purchase without its mark is found by its order"] = """
            world closed drops-marks
              customer C
                sub s1 CrmPro seats=1 ends=30
                user u1 CrmPro
            line s1
            """,
        ["an order that timed out may have been placed"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 FieldService seats=1 ends=30 of=s1
                user u1 FieldService no-location
            line *
            buy * add-on=Storage
              order 1: fault 408-after
            """,
        ["a conflict is a definite answer"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
            buy s1
              order 1: fault 409
            """,
        ["a target that was reused frees its source's seats"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30 renews
                sub s2 CrmPro seats=1 ends=30 new
                sub s3 CePlan seats=1 ends=200 renews
                user u1 CrmPro
            line s2
            """,
        ["seats that were added hide no mark"] = """
            world open
              limit TeamMembers 1
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
                user u1 CrmBasic
                user u2 CrmBasic
            line s2 at-term-end
            line s1 foreseen
            """,
        ["users who cannot move take nobody's place"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=3 ends=200
                user u1 CrmBasic no-location
                user u2 CrmBasic
                user u3 CrmBasic
                user u4 CrmBasic
            line s1
            """,
        ["an expired source is not suspended"] = """
            world open
              customer C
                sub s1 Campaigns seats=1 ends=-2
            end s1
            """,
        ["a name is set beside the mark"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
            run *
            set t:s1 name=Named
            """,
        ["a late list does not have a run plan again without end"] = """
            world open view-lag=4m
              limit TeamMembers 1
              customer C
                sub s1 AxSelfServe seats=4 ends=30
                sub s2 AxSelfServe seats=1 ends=30
                sub s3 TeamMembers seats=1 ends=200 renews
                user u1 AxSelfServe
                user u2 AxSelfServe
                user u3 AxSelfServe
                user u4 AxSelfServe
                user u5 AxSelfServe
                user u6 TeamMembers
            line s2
            run *
            """,
        ["two sources of one SKU do not count on each other at the end of their terms"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
                sub s2 CrmEssential seats=1 ends=30
                user u1 CrmEssential/group
            run * at-term-end
            """,
        ["a plan knows that the add-on does not fit what is reused"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlan seats=1 ends=200 renews new
            buy s1 foreseen add-on=Storage
            """,
        ["a plan counts the seats that were bought before"] = """
            world open
              customer C
                sub s1 AxSelfServe seats=3 ends=30
                user u1 AxSelfServe
                user u2 AxSelfServe
                user u3 AxSelfServe
            line * quantity=2
            line * foreseen
            """,
        ["a plan leaves the same holders as the run"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30
                user u1 CrmPro no-location
            run s1 s2 foreseen
            """,
        ["a plan shows a source that another journal has finished"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30
                sub s2 AxDevice seats=1 ends=30
                user u1 CrmEssential
            B: line *
              prompt 3: line *
            run s1 foreseen
            """,
        ["service plans of two licenses come back each as it was"] = """
            world open
              customer C
                sub s1 AxDevice seats=1 ends=30
                sub s2 AxTask seats=1 ends=30
                user u1 AxDevice AxTask/off2
            run *
            undo s2
            """,
        ["a source left to its end a second time renews again after a rollback"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30 renews
            line * renewing at-term-end
            line found
            undo s1
            """,
        ["users stay on seats that stay although the list still shows a source as active"] = """
            world open view-lag=4m
              customer C
                sub s1 CrmPro seats=1 ends=200
                sub s2 CrmPro seats=1 ends=30
                sub s3 CePlanTrial seats=25 ends=11 trial
                user u1 CrmPro
                user u2 CrmPro
            line *
            line *
            """,
        ["seats that the list still shows as renewing are left to expire"] = """
            world open view-lag=4m
              customer C
                sub s1 CrmPro seats=1 ends=11 renews new
                sub s2 CrmPro seats=1 ends=30
                user u1 CrmPro/group
            run * renewing
            """,
        ["a source that another administrator made renew again is found"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30 new
            line s1
            other renew s1 on
            find
            """,
        ["users of a source with another target do not move to the seats of a trial"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=200
                sub s2 CrmPro seats=1 ends=30
                sub s3 CePlanTrial seats=25 ends=7 trial
                user u1 CrmPro
                user u2 CrmPro
            buy * target=TeamMembers
            line s1
            """,
        ["nobody moves to seats that end where too few were bought"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=2 ends=30
                sub s3 TeamMembers seats=1 ends=30
                user u1 CrmBasic
                user u2 CrmBasic
                user u3 CrmBasic
            buy s2 quantity=1
            run * renewing
            """,
        ["users with a choice of targets leave seats to those without"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30 new
                sub s2 CrmPro seats=1 ends=30
                sub s3 CrmEssential seats=4 ends=30
                user u1 CrmPro
                user u2 CrmPro
                user u3 CrmEssential
                user u4 CrmEssential
                user u5 CrmEssential
                user u6 CrmEssential
            line s1 target=TeamMembers
            lose
            run * renewing
            """,
        ["a plan moves as many users as it buys seats"] = """
            world open
              customer C
                sub s1 CrmBasic seats=2 ends=30
                sub s2 CrmBasic seats=1 ends=30
                user u1 CrmBasic
                user u2 CrmBasic
                user u3 CrmBasic
            line s1 s2 foreseen quantity=2
            """,
        ["a plan uses the seats of a trial that it converts"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlanTrial seats=25 ends=18 trial
            run * trials foreseen
            """,
        ["a source whose target another administrator has rolled back is not completed"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                user u1 CrmPro
            line * at-term-end
            B: undo s1
            run * renewing
            """,
        ["a purchase that a rollback has left to others is found again without its mark"] = """
            world open drops-marks
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30 renews reseller=5678901
                sub s3 FieldService seats=1 ends=30 of=s1
                user u1 FieldService refused
            line *
            undo s3
            run * renewing
            """,
        ["what is rolled back is not waited for"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
            line s1
              at 12: fault 403
            undo s1
            """,
        ["nobody stays on seats that somebody left to expire"] = """
            world open
              customer C
                sub s1 AxTask seats=1 ends=200
                sub s2 AxTask seats=1 ends=30
                user u1 AxTask
            end s1 at-term-end
            run * renewing
            """,
        ["late units hide no seat that was bought beside a trial"] = """
            world open units-lag=4m
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlanTrial seats=25 ends=14 trial
                user u1 CrmPro
            run * renewing
            """,
        ["users who were moved are known beside a subscription that ends although the units are late"] = """
            world open units-lag=4m
              customer C
                sub s1 AxDevice seats=1 ends=30
                sub s2 AxDevice seats=1 ends=30
                sub s3 AxDevice seats=3 ends=30
                sub s4 Device seats=1 ends=30
                user u1 AxDevice
                user u2 AxDevice
                user u3 AxDevice
                user u4 AxDevice
                user u5 AxDevice
            line s2
            line s2
            """,
        ["another journal's moves are none to seats that end"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=5 ends=30
                sub s3 TeamMembers seats=1 ends=30
                user u1 CrmBasic
                user u2 CrmBasic
                user u3 CrmBasic
                user u4 CrmBasic
                user u5 CrmBasic
                user u6 CrmBasic
            B: line * quantity=5
            run * renewing
            """,
        ["seats of another SKU's users carry nobody else"] = """
            world open
              customer C
                sub s1 CrmPro seats=2 ends=30 renews
                sub s2 CrmPro seats=1 ends=30 new
                sub s3 FieldService seats=2 ends=30 of=s1
                user u1 CrmPro
                user u2 CrmPro
                user u3 CrmPro
                user u4 FieldService no-location
                user u5 FieldService
            line *
            buy * renewing right-size
            """,
        ["users with a choice of targets leave the seats of sources that are not moved yet"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=1 ends=30
                sub s3 AxDevice seats=1 ends=200
                user u1 CrmPro
                user u2 AxDevice
            buy s1 s3 target=CustomerService right-size
            run * renewing
            """,
        ["an undo moves no user of the customer's own target"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 TeamMembers seats=2 ends=30 renews
                user u1 TeamMembers
                user u2 TeamMembers
            buy *
            line found at-term-end
            undo s1
            """,
        ["a purchase that somebody ended before it was known is not waited for"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
            line s1
              at 12: other suspend t:s1
            """,
        ["a roll back gives back whom another source of the SKU has moved"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CrmPro seats=4 ends=30
                user u1 CrmPro/off1
                user u2 CrmPro
                user u3 CrmPro
                user u4 CrmPro
                user u5 CrmPro
            run s1
            buy *
            undo s1 s2
            """,
        ["a roll back of two sources with a target each brings both licenses back"] = """
            world open
              customer C
                sub s1 AxTask seats=1 ends=30 reseller=5678901
                sub s2 AxTask seats=1 ends=30 reseller=4567890
                sub s3 CrmEssential seats=1 ends=30
                user u1 AxTask CrmEssential
            line * target=CePlan
            undo s1 s3
            """,
        ["a target that others have ended is made active for all of its sources at once"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
            line * at-term-end
            other suspend t:s2
            run * foreseen
            """,
        ["a source whose target was made active again is finished once more"] = """
            world open
              customer C
                sub s1 AxTask seats=1 ends=30
                user u1 AxTask
            line * at-term-end
            B: undo s1
            run * stop-after=Purchase
            """,
        ["a target of another journal is taken in place of the one that was ended"] = """
            world refused
              customer C
                sub s1 CrmBasic seats=1 ends=30
            line * at-term-end
            B: undo s1
            B: run * at-term-end
            """,
        ["a rollback is known although the list is late"] = """
            world open view-lag=4m units-lag=4m
              customer C
                sub s1 CrmPro seats=1 ends=30
            line *
            undo s1
            run *
            """,
        ["free seats beside a limit are used without a mark"] = """
            world open
              limit TeamMembers 1
              customer C
                sub s1 CrmBasic seats=2 ends=30
                sub s2 TeamMembers seats=2 ends=30 renews
                user u1 CrmBasic
                user u2 CrmBasic
                user u3 TeamMembers
            line * quantity=1
            lose
            """,
        ["sources of several resellers do not count on each other's seats"] = """
            world open
              customer C
                sub s1 CrmEssential seats=1 ends=30 reseller=5678901
                sub s2 CrmEssential seats=4 ends=30 reseller=5678901
                sub s3 CrmEssential seats=1 ends=30 reseller=4567890
                user u1 CrmEssential
                user u2 CrmEssential
                user u3 CrmEssential
                user u4 CrmEssential
                user u5 CrmEssential
                user u6 CrmEssential
            run s2 stop-after=Purchase
            run * renewing
            """,
        ["seats that were free when others were added are spoken for too"] = """
            world open
              limit CePlan 1
              customer C
                sub s1 CrmPro seats=3 ends=30
                sub s2 CrmPro seats=5 ends=30
                sub s3 CePlan seats=1 ends=30 renews
                user u1 CrmPro
                user u2 CrmPro
                user u3 CrmPro
                user u4 CrmPro
                user u5 CrmPro
                user u6 CrmPro
                user u7 CrmPro
                user u8 CrmPro
            line s1
              update 1: kill
            run * renewing
            """,
        ["a user who lacks a seat of one target leaves the turn to others of another"] = """
            world open
              customer C
                sub s1 CrmBasic seats=1 ends=30
                sub s2 CrmBasic seats=1 ends=30
                sub s3 CrmBasic seats=1 ends=30
                sub s4 CrmEssential seats=1 ends=30
                sub s5 CrmPro seats=1 ends=30
                sub s6 CrmPro seats=6 ends=200
                user u1 CrmEssential
                user u2 CrmBasic CrmPro
                user u3 CrmBasic
                user u4 CrmBasic
                user u5 CrmPro
                user u6 CrmPro
                user u7 CrmPro
                user u8 CrmPro
                user u9 CrmPro
                user u10 CrmPro
            buy s3 s4 quantity=1
            run * renewing
            """,
        ["users who come to a source from another source take nobody's unit"] = """
            world open
              customer C
                sub s1 CrmPro seats=1 ends=30
                sub s2 CePlan seats=1 ends=30
                user u1 CrmPro
                user u2 CePlan
            buy s1
            run * target=Sales
            """,
        ["a user who was moved from two SKUs by one update keeps no target of the one that is rolled back"] = """
            world closed
              customer C1
                sub s2 AxDevice seats=1 ends=30
                sub s3 CrmEssential seats=1 ends=30 renews
                sub s4 CrmEssential seats=1 ends=30
                user u3 AxDevice CrmEssential
                user u7 CrmEssential
            run *
            clock 9d
            undo s4
            """,
        ["a record of users who had been moved before does not know their service plans"] = """
            world open units-lag=4m
              customer C1
                sub s1 AxDevice seats=1 ends=30
                user u2 AxDevice
            run *
            lose
            run *
            undo s1 by-record
            """,
        ["a source is not suspended under a user who was moved back before the units show it"] = """
            world open units-lag=4m
              customer C1
                sub s1 CrmPro seats=1 ends=30
                user u5 CrmPro
            line *
            clock 2d
            line *
            undo s1
            run *
            """,
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_once_wrong_is_right(string name)
    {
        var result = ProgramRun.Run(SimulationProgram.Parse(Programs[name]));

        Assert.True(result.Violations.Count == 0, $"{string.Join(Environment.NewLine, result.Violations)}{Environment.NewLine}{Programs[name]}");
    }
}
