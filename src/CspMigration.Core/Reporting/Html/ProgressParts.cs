using System.Collections.Generic;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Progress as parts of a bar, in one order and under one set of names everywhere.</summary>
internal static class ProgressParts
{
    public static IReadOnlyList<BarPart> Of(Progress progress, bool isPlan)
    {
        return
        [
            new("done", isPlan ? "Can be migrated" : "Completed", progress.Completed),
            new("begun", "Begun", progress.Begun),
            new("waiting", "Not begun", progress.Waiting),
            new("back", "Taken back", progress.RolledBack),
            new("stopped", "Stopped", progress.Stopped),
        ];
    }
}
