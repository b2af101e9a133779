using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.EdgeCases;

/// <summary>Every customer of the edge-cases scenario, in one run: each line of tests/EdgeCases.csv ends as it says.</summary>
public sealed class EdgeCaseTests : IClassFixture<EdgeCaseRun>
{
    private readonly EdgeCaseRun _run;

    public EdgeCaseTests(EdgeCaseRun run) => _run = run;

    public static TheoryData<string, string?> Lines
    {
        get
        {
            var lines = new TheoryData<string, string?>();
            foreach (var line in EdgeCaseLine.All.DistinctBy(line => line.ToString()))
            {
                lines.Add(line.Customer, line.SourceOffer);
            }

            return lines;
        }
    }

    [Fact]
    public void Every_customer_of_the_scenario_has_a_line()
    {
        var cases = SandboxTenant.Scenarios.Single(scenario => scenario.Name == "edge-cases").Cases;

        Assert.Equal(cases.Select(edgeCase => edgeCase.Customer).Order(), EdgeCaseLine.All.Select(line => line.Customer).Distinct().Order());
    }

    [Fact]
    public void Discovery_finds_exactly_the_sources_of_the_table()
    {
        Assert.Equal(
            EdgeCaseLine.All.Where(line => line.IsFound).Select(line => line.ToString()).Order(),
            _run.Rows.Select(row => $"{row.CustomerName}: {row.OfferName}").Order());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Discovery_says_what_it_cannot_read(string customer, string? source)
    {
        var line = Line(customer, source);
        var said = _run.DiscoveryErrors.Where(error => error.CustomerId == _run.CustomerId(customer)).Select(error => error.ErrorId).ToList();
        if (!line.IsFound)
        {
            Assert.Empty(said);
            said.Add(_run.ByName[customer].ErrorId);
        }

        Assert.Equal(line.DiscoveryErrors, said);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Readiness_is_as_the_table_says(string customer, string? source)
    {
        var line = Line(customer, source);

        var found = _run.Readiness.Where(readiness => readiness.CustomerName == customer && readiness.OfferName == source).ToList();

        Assert.Equal(Count(line), found.Count);
        Assert.All(found, readiness => Assert.Equal((line.Verdict, line.ErrorId), (readiness.Verdict.ToString(), readiness.ErrorId)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_purchase_is_as_the_table_says(string customer, string? source)
    {
        var line = Line(customer, source);

        var bought = Of(_run.Bought, line);

        Assert.Equal(line.Outcomes.Count == 0 ? 0 : Count(line), bought.Count);
        Assert.All(bought, target =>
        {
            Assert.Contains(target.Outcome.ToString(), line.Outcomes);
            Assert.Equal((line.Commerce, line.Quantity), (target.Commerce.ToString(), target.Quantity));
            Assert.False(target.IsPlanned);
            Assert.NotNull(target.TargetSubscriptionId);
        });
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_move_is_as_the_table_says(string customer, string? source)
    {
        var line = Line(customer, source);

        var moves = _run.Moves.Where(move => move.CustomerName == customer && move.Target?.Source?.OfferName == source).ToList();

        Assert.Equal(line.Moved is null ? 0 : Count(line), moves.Count);
        if (moves.Count > 0)
        {
            // All rows of a pool: which of them a user belongs to cannot be told.
            var pool = _run.Moves
                .Where(move => move.CustomerName == customer && string.Equals(move.SourceSkuId, moves[0].SourceSkuId, StringComparison.OrdinalIgnoreCase))
                .ToList();
            Assert.Equal((line.Moved, line.Failed), (pool.Sum(move => move.Moved), pool.Sum(move => move.Failed)));
            Assert.All(moves, move => Assert.Equal((line.Remaining, line.Remaining == 0), (move.Remaining, move.IsComplete)));
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_end_is_as_the_table_says(string customer, string? source)
    {
        var line = Line(customer, source);
        var sources = _run.Rows.Where(row => row.CustomerName == customer && row.OfferName == source).Select(row => row.SubscriptionId).ToList();
        var suspended = _run.Suspended.Where(subscription => subscription.CustomerName == customer && sources.Contains(subscription.SubscriptionId)).ToList();
        var errors = _run.Errors.Where(error => error.CustomerId == _run.CustomerId(customer)).Select(error => error.ErrorId).ToList();

        Assert.Equal(line.Suspension is null ? 0 : Count(line), suspended.Count);
        Assert.All(suspended, subscription => Assert.Equal(line.Suspension, subscription.Outcome.ToString()));
        Assert.Equal(line.FinalError is null ? [] : [line.FinalError], errors);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_verdict_is_what_happened_or_the_readiness_had_named_the_error_as_one_only_the_run_can_tell(string customer, string? source)
    {
        var line = Line(customer, source);
        if (!line.IsFound)
        {
            return;
        }

        var readiness = ReadinessOf(line);
        var bought = Of(_run.Bought, line);
        if (EndsUnforeseen(line))
        {
            Assert.NotEqual(ReadinessVerdict.Blocked, readiness.Verdict);
            Assert.Contains(ErrorOf(line), UnknownErrorIds(readiness));
        }
        else
        {
            // What the map does not know is left out with a warning: no error.
            Assert.Equal(readiness.ErrorId == "NoTarget" ? null : readiness.ErrorId, ErrorOf(line));
            Assert.Equal(readiness.Verdict == ReadinessVerdict.Blocked, bought.Count == 0);
        }

        Assert.All(bought, target => Assert.Equal(readiness.Quantity, target.Quantity));
    }

    [Fact]
    public void Only_what_no_reading_shows_ends_otherwise_than_foreseen()
    {
        var unforeseen = EdgeCaseLine.All.Where(line => line.IsFound && EndsUnforeseen(line)).Select(line => line.Customer);

        Assert.Equal(["Cart line refused", "Provisioning fails", "License held through a group", "Held by a group alone", "Held by a group and directly", "Nested group", "Group with a second product", "Conflicting plans"], unforeseen);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_only_the_run_can_tell_is_named_with_the_error_and_what_to_do_then(string customer, string? source)
    {
        var unknown = _run.Readiness
            .Where(readiness => readiness.CustomerName == customer && readiness.OfferName == source)
            .SelectMany(readiness => readiness.Checks)
            .Where(check => check.Result == ReadinessResult.Unknown);

        Assert.All(unknown, check =>
        {
            Assert.NotNull(check.ErrorId);
            Assert.StartsWith($"If it fails, {check.ErrorId}: ", check.Remedy, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', check.Message);
        });
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_plan_is_what_the_run_does_but_for_what_it_says_it_cannot_know(string customer, string? source)
    {
        var line = Line(customer, source);
        var planned = Of(_run.Planned, line);
        var bought = Of(_run.Bought, line);

        // The plan of an order that is refused for a reason only the run can tell.
        if (planned.Count > 0 && bought.Count == 0 && EndsUnforeseen(line))
        {
            return;
        }

        Assert.Equal(planned.Count, bought.Count);
        Assert.All(planned.Zip(bought), pair =>
        {
            var mayChange = pair.First.Remark?.Contains("else new commerce", StringComparison.Ordinal) == true;
            Assert.Equal(Essence(pair.First), Essence(pair.Second));
            if (!mayChange || pair.Second.Commerce == CommerceKind.Legacy)
            {
                Assert.Equal((ProductSku(pair.First.OfferId), pair.First.Commerce), (ProductSku(pair.Second.OfferId), pair.Second.Commerce));
            }
        });

        static (string?, TargetOutcome, int, string?, string?, bool) Essence(TargetSubscription target) =>
            (target.SourceSubscriptionId, target.Outcome, target.Quantity, target.BillingCycle, target.TermDuration, target.LicenseMoveNeeded);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_plan_ends_as_the_run_does_but_for_what_only_the_run_can_tell(string customer, string? source)
    {
        var line = Line(customer, source);
        if (!line.IsFound || EndsUnforeseen(line))
        {
            return;
        }

        var planned = _run.ErrorsOfThePlan.FirstOrDefault(error => error.CustomerId == _run.CustomerId(line.Customer));
        Assert.Equal(ErrorOf(line), planned?.ErrorId);
        Assert.Equal(Counts(_run.Moves, line), Counts(_run.PlannedMoves, line));
    }

    [Fact]
    public void Readiness_and_plan_send_nothing()
    {
        Assert.Equal(0, _run.WritesOfThePlan);
    }

    [Fact]
    public void Nobody_is_without_a_license_and_nothing_is_bought_twice()
    {
        Assert.Empty(_run.State.Violations);
    }

    [Fact]
    public void One_purchase_for_several_sources_is_purchased_once_and_covers_the_others()
    {
        var shared = _run.Bought.GroupBy(target => target.TargetSubscriptionId).Where(targets => targets.Count() > 1).ToList();

        Assert.Equal(4, shared.Count);
        Assert.All(shared, targets =>
        {
            Assert.Equal(TargetOutcome.Purchased, targets.First().Outcome);
            Assert.All(targets.Skip(1), target => Assert.Equal(TargetOutcome.Covered, target.Outcome));
        });
    }

    private static List<(int, int?)> Counts(IEnumerable<LicenseMove> moves, EdgeCaseLine line) =>
        [.. moves.Where(move => move.CustomerName == line.Customer && move.Target?.Source?.OfferName == line.SourceOffer).Select(move => (move.Moved, move.Remaining))];

    private MigrationReadiness ReadinessOf(EdgeCaseLine line) =>
        _run.Readiness.First(candidate => candidate.CustomerName == line.Customer && candidate.OfferName == line.SourceOffer);

    private string? ErrorOf(EdgeCaseLine line) => _run.Errors.FirstOrDefault(candidate => candidate.CustomerId == _run.CustomerId(line.Customer))?.ErrorId;

    // It fails, and the verdict had no such error.
    private bool EndsUnforeseen(EdgeCaseLine line) => ErrorOf(line) is { } error && error != ReadinessOf(line).ErrorId;

    private static IEnumerable<string?> UnknownErrorIds(MigrationReadiness readiness) =>
        readiness.Checks.Where(check => check.Result == ReadinessResult.Unknown).Select(check => check.ErrorId);

    private static EdgeCaseLine Line(string customer, string? source) =>
        EdgeCaseLine.All.First(line => line.Customer == customer && line.SourceOffer == source);

    // Two sources may be alike in all the table says.
    private static int Count(EdgeCaseLine line) => line.IsFound ? EdgeCaseLine.All.Count(other => other.ToString() == line.ToString()) : 0;

    private static List<TargetSubscription> Of(IEnumerable<TargetSubscription> targets, EdgeCaseLine line) =>
        [.. targets.Where(target => target.CustomerName == line.Customer && target.Source?.OfferName == line.SourceOffer)];

    private static string? ProductSku(string? offerId) => offerId?.Split(':') is { Length: > 1 } parts ? $"{parts[0]}:{parts[1]}" : offerId;
}
