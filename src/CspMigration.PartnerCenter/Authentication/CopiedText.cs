using System;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>Secrets and ids as people copy them from portals, files and other tools: what the copying adds is taken off.</summary>
internal static class CopiedText
{
    private const string Scheme = "Bearer";

    /// <summary>The text without line ends, spaces and invisible marks around it.</summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsAdded(text[start]))
        {
            start++;
        }

        while (end > start && IsAdded(text[end - 1]))
        {
            end--;
        }

        return text.Substring(start, end - start);
    }

    /// <summary>A certificate's thumbprint without what dialogs put into it: spaces, colons, and an invisible mark before the first digit.</summary>
    public static string Thumbprint(string text) => new([.. text.Where(character => !IsAdded(character) && character != ':')]);

    /// <summary>An access token, also where its quotes or the word before it in a header were copied with it.</summary>
    /// <exception cref="CspMigrationException"><c>Unauthorized</c>: no request can carry it.</exception>
    public static string AccessToken(string text)
    {
        var token = Trim(text);
        if (token.Length > 1 && token[0] is '"' or '\'' && token[token.Length - 1] == token[0])
        {
            token = Trim(token.Substring(1, token.Length - 2));
        }

        if (token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (token.Length == Scheme.Length || IsAdded(token[Scheme.Length])))
        {
            token = Trim(token.Substring(Scheme.Length));
        }

        var position = token.TakeWhile(character => character is >= ' ' and <= '~').Count();
        return token.Length == 0 ? throw Refuse("The access token is empty.")
            : position == token.Length ? token
            : throw Refuse($"The access token cannot be sent: character {position + 1} of {token.Length} is {Describe(token[position])}.");
    }

    private static CspMigrationException Refuse(string problem)
    {
        return PartnerCenterErrors.Unauthorized.Exception(problem, remedy: ServiceRemedies.CopyTokenAgain());
    }

    private static string Describe(char character)
    {
        return character is '\r' or '\n' ? "a line end" : char.IsControl(character) ? "a control character" : "not an ASCII character";
    }

    private static bool IsAdded(char character)
    {
        return char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
    }
}
