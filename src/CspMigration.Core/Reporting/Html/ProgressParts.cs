using System.Collections.Generic;
using CspMigration.Core.Reporting.Content;

namespace CspMigration.Core.Reporting.Html;

/// <summary>Progress as parts of a bar, in one order and under one set of names everywhere.</summary>
internal static class ProgressParts
{
    public static IReadOnlyList<BarPart> Of(Words words, Progress progress, bool isPlan)
    {
        return
        [
            new("done", words[isPlan ? ReportText.CanBeMigrated : ReportText.Completed], progress.Completed),
            new("begun", words[ReportText.Begun], progress.Begun),
            new("waiting", words[ReportText.NotBegun], progress.Waiting),
            new("back", words[ReportText.TakenBack], progress.RolledBack),
            new("stopped", words[ReportText.Stopped], progress.Stopped),
        ];
    }
}
