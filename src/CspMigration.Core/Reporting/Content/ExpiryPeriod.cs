using System;

namespace CspMigration.Core.Reporting.Content;

/// <summary>Terms that end in one period.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Safe">How many are migrated.</param>
/// <param name="AtRisk">How many are not.</param>
/// <param name="SeatsAtRisk">The seats of those.</param>
internal sealed record ExpiryPeriod(DateTime From, DateTime To, int Safe, int AtRisk, int SeatsAtRisk);
