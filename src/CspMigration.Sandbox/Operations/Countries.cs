using System.Linq;
using CspMigration.Sandbox.Errors;

namespace CspMigration.Sandbox.Operations;

/// <summary>Two-letter countries.</summary>
internal static class Countries
{
    public static bool IsCode(string text) => text.Length == 2 && text.All(letter => letter is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));

    /// <summary>The country a catalogue is asked for, without which it says nothing.</summary>
    public static string Require(Call call)
    {
        var country = call.Query["country"] ?? throw Refuse.BadInput("The query has no country.");
        return IsCode(country) ? country.ToUpperInvariant() : throw Refuse.BadInput($"{country} is not a two-letter country.");
    }
}
