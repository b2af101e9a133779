using System;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>Names for users, which depend on the user's number alone.</summary>
internal static class UserNames
{
    private static readonly string[] FirstNames =
    [
        "Ada", "Bruno", "Chiara", "Dimitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
        "Kaya", "Lucia", "Milan", "Nora", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tove",
    ];

    private static readonly string[] LastNames =
    [
        "Abel", "Brandt", "Castro", "Dahl", "Eriksen", "Fontana", "Grau", "Hahn", "Ibsen", "Jansen", "Kovac", "Lund", "Moreau",
    ];

    public static (string First, string Last) Name(int number) =>
        (FirstNames[number % FirstNames.Length], LastNames[number / FirstNames.Length % LastNames.Length]);

    /// <summary>The part before the @, with a number once names repeat.</summary>
    public static string Alias(int number)
    {
        var (first, last) = Name(number);
        var round = number / (FirstNames.Length * LastNames.Length);
        return FormattableString.Invariant($"{first}.{last}").ToLowerInvariant()
            + (round == 0 ? "" : round.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
