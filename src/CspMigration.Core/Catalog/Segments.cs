using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Catalog;

/// <summary>The customer segments the catalog is divided into (docs/rules.md, rule 6).</summary>
internal static class Segments
{
    public const string Commercial = "commercial";
    public const string Education = "education";
    public const string Government = "government";
    public const string Nonprofit = "nonprofit";

    /// <summary>The segment a word of the service stands for: a category id or a qualification.</summary>
    public static string Of(string? word)
    {
        return Begins("edu") || Begins("academ") || Begins("student") || Begins("faculty") ? Education
            : Begins("gov") || Begins("stateowned") ? Government
            : Begins("nonprofit") || Begins("charit") ? Nonprofit
            : Commercial;

        bool Begins(string text) => word is not null && word.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a customer with these qualifications may buy for a segment. Every customer may buy what is commercial.</summary>
    public static bool MayBuy(string? segment, IEnumerable<Qualification> qualifications)
    {
        return segment is null or Commercial
            || qualifications.Any(qualification => qualification.IsApproved && Of(qualification.Name) == segment);
    }
}
