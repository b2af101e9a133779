using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;

namespace CspMigration.Core.Planning;

/// <summary>The sources of one customer that were planned together, by target: what is planned again for some of them counts the others as planned.</summary>
internal sealed class PlannedTogether
{
    /// <summary>The sources, by target.</summary>
    public IReadOnlyList<IReadOnlyList<MigrationCase>> Groups { get; private set; } = [];

    /// <summary>Keeps which sources are planned together, unless they were planned together with more.</summary>
    public void Keep(IReadOnlyList<IReadOnlyList<MigrationCase>> groups)
    {
        var known = new HashSet<SourceKey>(Groups.SelectMany(group => group).Select(source => source.Key));
        if (!groups.SelectMany(group => group).All(source => known.Contains(source.Key)))
        {
            Groups = groups;
        }
    }
}
