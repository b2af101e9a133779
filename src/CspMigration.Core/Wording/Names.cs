using System;

namespace CspMigration.Core.Wording;

/// <summary>Names that people give: friendly names, names of companies, titles of offers.</summary>
internal static class Names
{
    /// <summary>Whether two names are the same, whatever their casing; one that is not known is not.</summary>
    public static bool AreSame(string? one, string? other)
    {
        return one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
