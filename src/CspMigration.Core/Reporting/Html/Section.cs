using System;

namespace CspMigration.Core.Reporting.Html;

/// <summary>A part of the page with a heading.</summary>
internal static class Section
{
    /// <summary>Begins it; disposing ends it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="heading">Its heading.</param>
    /// <param name="note">What to know when reading it; null where nothing is.</param>
    /// <param name="style">Its style; null for none.</param>
    public static IDisposable Open(HtmlWriter html, string heading, string? note = null, string? style = null)
    {
        var id = html.NewId();
        var section = html.Open("section", ("class", style), ("aria-labelledby", id));
        html.Write("h2", heading, ("id", id));
        if (note is not null)
        {
            html.Write("p", note, ("class", "note"));
        }

        return section;
    }
}
