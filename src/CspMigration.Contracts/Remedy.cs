using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace CspMigration.Contracts;

/// <summary>
/// What would help, as data: which remedy it is, and with what. The libraries know the words of no command; the front end has
/// them (<see cref="RemedyWording"/>).
/// </summary>
internal sealed class Remedy
{
    private const string Several = "Several";

    private Remedy(string id, IReadOnlyList<object?> arguments)
    {
        Id = id;
        Arguments = arguments;
    }

    /// <summary>Which remedy: the name of what made it, or the id of the error whose own remedy it is.</summary>
    public string Id { get; }

    /// <summary>With what: texts, numbers, lists, other remedies; null for what does not apply.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>The remedy called as the member that makes it.</summary>
    /// <param name="arguments">With what.</param>
    /// <param name="id">Filled in by the compiler.</param>
    public static Remedy Of(object?[]? arguments = null, [CallerMemberName] string id = "") => new(id, arguments ?? []);

    /// <summary>What helps against an error in general.</summary>
    public static Remedy ForError(string errorId) => new(errorId, []);

    /// <summary>What a front end says in its own words.</summary>
    public static Remedy InWords(string text) => new(nameof(InWords), [text]);

    /// <summary>A command that is worded already.</summary>
    public static Remedy CommandInWords(string text) => new(nameof(CommandInWords), [text]);

    /// <summary>A remedy that was written down.</summary>
    public static Remedy Known(string id, IReadOnlyList<object?> arguments) => new(id, arguments);

    /// <summary>One after the other.</summary>
    public static Remedy All(IEnumerable<Remedy?> remedies) => new(Several, [.. remedies.OfType<Remedy>()]);

    /// <summary>Whether it is several remedies, its arguments.</summary>
    public bool IsGroup => Id == Several;

    /// <summary>Whether its argument is what a front end says in its own words.</summary>
    public bool IsInWords => Id == nameof(InWords);

    /// <summary>Whether its argument is a command as it is pasted.</summary>
    public bool IsCommandInWords => Id == nameof(CommandInWords);

    /// <summary>The words of the front end; without one, id and arguments.</summary>
    public override string ToString()
    {
        return Id switch
        {
            Several => string.Join(" ", Arguments),
            nameof(InWords) or nameof(CommandInWords) => (string)Arguments[0]!,
            _ => RemedyWording.Of(this),
        };
    }
}
