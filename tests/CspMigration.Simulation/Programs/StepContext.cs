using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Adapter;

namespace CspMigration.Simulation.Programs;

/// <summary>A command under way.</summary>
internal sealed class StepContext(Operator by, Step step, StepOptions options, int number)
{
    private readonly Dictionary<Anchor, int> _counts = [];

    public Operator By { get; } = by;

    public Step Step { get; } = step;

    public StepOptions Options { get; set; } = options;

    /// <summary>The number of the program's step, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>How many changes there had been when it began.</summary>
    public int TouchesBefore { get; init; }

    public int Requests { get; set; }

    /// <summary>How many of the requests changed something.</summary>
    public int Writes { get; set; }

    /// <summary>Whether anything has happened meanwhile that was not the command's own doing.</summary>
    public bool IsDisturbed { get; set; }

    /// <summary>The sources it was given.</summary>
    public HashSet<string> Sources { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Subscriptions that its user named, to be ended, resumed or set.</summary>
    public HashSet<string> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Verb => Step.Verb;

    /// <summary>Whether an source is ended although its users are on it, as the user asks.</summary>
    public bool EndsAllTheSame => Options.Reason != Contracts.SuspensionReason.Migrated;

    /// <summary>What is due at the next of a kind.</summary>
    public IReadOnlyList<Step> Due(Anchor anchor)
    {
        var number = _counts[anchor] = _counts.GetValueOrDefault(anchor) + 1;
        return Step.Happenings.Count == 0 ? [] : [.. Step.Happenings.Where(happening => happening.Anchor == anchor && happening.Number == number).Select(happening => happening.Doing)];
    }
}
