using System;

namespace CspMigration.Contracts;

/// <summary>
/// Turns remedies into words. A process has one front end, which sets its words once, as it would resources: an exception is worded
/// wherever it is read, also where it was thrown before there was a connection.
/// </summary>
internal static class RemedyWording
{
    private static volatile Func<Remedy, string> _current = Describe;

    /// <summary>Has remedies worded by a front end.</summary>
    public static void Use(Func<Remedy, string> wording) => _current = wording;

    /// <summary>The words of a remedy.</summary>
    public static string Of(Remedy remedy) => _current(remedy);

    private static string Describe(Remedy remedy) => remedy.Arguments.Count == 0 ? remedy.Id : $"{remedy.Id} ({string.Join(", ", remedy.Arguments)})";
}
