using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>A qualification of a customer: in review for a day, then approved.</summary>
internal sealed class Qualification
{
    public const string Education = "Education";
    public const string GovernmentCommunityCloud = "GovernmentCommunityCloud";
    public const string StateOwnedEntity = "StateOwnedEntity";
    public const string Nonprofit = "Nonprofit";

    /// <summary>All names.</summary>
    public static readonly IReadOnlyList<string> Names = [Education, GovernmentCommunityCloud, StateOwnedEntity, Nonprofit];

    private static readonly TimeSpan Vetting = TimeSpan.FromDays(1);

    public Qualification(string name, DateTimeOffset createdOn)
    {
        Name = Names.First(known => AnyCase.AreEqual(known, name));
        CreatedOn = createdOn;
    }

    public string Name { get; }

    public DateTimeOffset CreatedOn { get; }

    /// <summary>The segment that it qualifies for.</summary>
    public string Segment => Name switch
    {
        Education => Segments.Education,
        Nonprofit => Segments.Nonprofit,
        _ => Segments.Government,
    };

    public bool IsVetted => Name != StateOwnedEntity;

    public bool IsApproved(DateTimeOffset now) => !IsVetted || now >= CreatedOn + Vetting;
}
