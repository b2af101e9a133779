using System.Collections.Generic;

namespace CspMigration.Core.Purchases;

/// <summary>A purchase as it could be made in other ways, for its customer and sources alone: data that a front end makes a command of.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="SourceIds">The sources that have an id; none for a purchase without a source.</param>
/// <param name="HasUnnamedSources">Whether sources have no id to name them by: they come down a pipeline, which only its author knows.</param>
/// <param name="IsOfPlan">Whether it is of an approved plan, which has to be made again.</param>
/// <param name="Ways">The ways, at least one; the first is the one to take.</param>
public sealed record PurchaseAlternatives(
    string CustomerId, IReadOnlyList<string> SourceIds, bool HasUnnamedSources, bool IsOfPlan, IReadOnlyList<PurchaseAlternative> Ways);
