using System;
using CspMigration.Sandbox.Catalogue;

namespace CspMigration.Sandbox.State;

/// <summary>A qualification a customer applied for: it is looked into for a day, then approved.</summary>
internal sealed class Qualification
{
    private static readonly TimeSpan Vetting = TimeSpan.FromDays(1);

    public Qualification(string name, DateTimeOffset createdOn)
    {
        Name = name;
        CreatedOn = createdOn;
    }

    public string Name { get; }

    public DateTimeOffset CreatedOn { get; }

    /// <summary>The segment whose prices it opens.</summary>
    public string Segment => Name switch
    {
        "Education" => Segments.Education,
        "Nonprofit" => Segments.Nonprofit,
        _ => Segments.Government,
    };

    public bool IsApproved(DateTimeOffset now) => now >= CreatedOn + Vetting;
}
