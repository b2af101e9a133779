using System.Collections.Generic;

namespace CspMigration.Core.Reporting.Content;

/// <summary>Seats of one product, before and after its change to another.</summary>
/// <param name="From">The old offer.</param>
/// <param name="To">The new offers; empty where there is none yet.</param>
/// <param name="Subscriptions">Number of sources.</param>
/// <param name="Seats">Their seats.</param>
internal sealed record ProductChange(string From, IReadOnlyList<string> To, int Subscriptions, Seats Seats);
