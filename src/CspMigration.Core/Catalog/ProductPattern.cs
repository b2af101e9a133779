using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Catalog;

/// <summary>
/// A product as a user types it: an id, or a name with or without the words it begins with. "CRM Online*" means
/// "Dynamics CRM Online Enterprise" as well as "Microsoft Dynamics CRM Online Enterprise", and the other way round.
/// </summary>
internal sealed class ProductPattern
{
    private readonly Wildcard _wanted;

    public ProductPattern(string text)
    {
        _wanted = new Wildcard(ProductName.WithoutVendor(text));
    }

    /// <summary>Whether it has a wildcard.</summary>
    public bool IsPattern => _wanted.IsPattern;

    /// <summary>Whether one of some ids and names is meant.</summary>
    public bool MatchesAny(IEnumerable<string?> names) => names.OfType<string>().Any(Matches);

    private bool Matches(string name)
    {
        // The name, and what is left of it without its first word, its first two, and so on.
        for (var start = 0; start >= 0; start = name.IndexOf(' ', start) is var space and >= 0 ? space + 1 : -1)
        {
            if (_wanted.Matches(name.Substring(start)))
            {
                return true;
            }
        }

        return false;
    }
}
