using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>The resellers of a purchase: the reseller of record, the additional ones, and the one for consumption.</summary>
internal sealed class PartnersOfRecord
{
    public static readonly PartnersOfRecord None = new(null, []);

    public PartnersOfRecord(string? main, IReadOnlyList<string> additional, string? consumption = null)
    {
        Main = main;
        Additional = additional;
        Consumption = consumption;
    }

    public string? Main { get; }

    public IReadOnlyList<string> Additional { get; }

    public string? Consumption { get; }

    public bool IsAny => All.Any();

    public IEnumerable<string> All => new[] { Main, Consumption }.OfType<string>().Concat(Additional);
}
