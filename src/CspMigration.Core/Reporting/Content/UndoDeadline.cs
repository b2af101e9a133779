using System;
using System.Collections.Generic;

namespace CspMigration.Core.Reporting.Content;

/// <summary>Until when migrations of a customer can be rolled back.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Offers">The old offers.</param>
/// <param name="ReactivateBefore">The last moment, UTC.</param>
/// <param name="DataDeletedBy">When the data of the sources is gone for certain, UTC; null where unknown.</param>
internal sealed record UndoDeadline(string Customer, IReadOnlyList<string> Offers, DateTimeOffset ReactivateBefore, DateTimeOffset? DataDeletedBy);
