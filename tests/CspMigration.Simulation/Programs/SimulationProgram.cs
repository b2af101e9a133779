using System.Collections.Generic;
using System.Linq;
using System.Text;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Programs;

/// <summary>A world and what is done in it, step by step. <see cref="ToString"/> gives the text that <see cref="ProgramReader"/> reads.</summary>
internal sealed record SimulationProgram(WorldSpec World, IReadOnlyList<Step> Steps)
{
    public static SimulationProgram Parse(string text) => new ProgramReader(text).Read();

    public override string ToString()
    {
        var text = new StringBuilder(World.ToString());
        foreach (var step in Steps)
        {
            text.Append(step).Append('\n');
            foreach (var happening in step.Happenings)
            {
                text.Append("  ").Append(happening).Append('\n');
            }
        }

        return text.ToString();
    }
}

/// <summary>
/// One step. The verbs of an operator are <c>find, buy, buy-new, move, suspend, line, run, undo, end, resume, set, status</c>;
/// <c>other</c> is another administrator, <c>clock</c> moves time on, <c>hide</c> has the service leave something out from there
/// on, <c>lose</c> deletes an operator's journal, <c>reconnect</c> ends its process.
/// </summary>
internal sealed record Step
{
    /// <summary>Whose step it is; each operator has a journal of its own.</summary>
    public string Operator { get; init; } = "A";

    public string Verb { get; init; } = "";

    /// <summary>Names of subscriptions, users and the like; <c>t:s1</c> is the last purchase for s1, <c>*</c> is all that is found.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Parameters: <c>what-if</c>, <c>quantity=5</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What happens while it goes on.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    public string? Option(string name) => Options.FirstOrDefault(option => option == name || option.StartsWith(name + "=", System.StringComparison.Ordinal)) is { } found
        ? found[System.Math.Min(found.Length, name.Length + 1)..]
        : null;

    public bool Has(string name) => Option(name) is not null;

    public override string ToString() => $"{(Operator == "A" ? "" : Operator + ": ")}{string.Join(' ', [Verb, .. Names, .. Options])}";
}

/// <summary>Where in a step something happens.</summary>
internal enum Anchor
{
    /// <summary>Before the n-th request of any kind.</summary>
    At,

    /// <summary>While the n-th question stands.</summary>
    Prompt,

    /// <summary>At the n-th request that orders or checks out.</summary>
    Order,

    /// <summary>At the n-th change of a user's licenses.</summary>
    Update,

    /// <summary>At the n-th change of a subscription.</summary>
    Patch,

    /// <summary>At the n-th line written to the journal.</summary>
    Line,
}

/// <summary>Something that happens while a step goes on.</summary>
/// <param name="Anchor">Where.</param>
/// <param name="Number">At which of them, from 1.</param>
/// <param name="Doing">
/// What: a step of another operator or of another administrator, or one of the verbs <c>kill</c> and <c>kill-after</c> (the process ends
/// before, or after, the service has acted), <c>no</c> (the question is answered so) and <c>fault</c> with its action.
/// </param>
internal sealed record Happening(Anchor Anchor, int Number, Step Doing)
{
    public override string ToString() => $"{Anchor.ToString().ToLowerInvariant()} {Number}: {Doing}";
}
