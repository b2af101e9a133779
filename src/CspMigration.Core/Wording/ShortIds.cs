using System.Text.RegularExpressions;

namespace CspMigration.Core.Wording;

/// <summary>Texts for readers whom a whole GUID would only disturb: those who need one copy the command that has it.</summary>
internal static class ShortIds
{
    private const string Guid = @"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static readonly Regex Behind = new($@"\s\({Guid}\)");
    private static readonly Regex Any = new($@"\b{Guid}\b");

    /// <summary>The text without the ids behind names, and of others the first eight digits, as in the marks of purchases.</summary>
    public static string In(string text) => Any.Replace(Behind.Replace(text, ""), id => id.Value.Substring(0, 8).ToUpperInvariant());
}
