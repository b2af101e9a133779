using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Users;

/// <summary>How it ended for a member of a group who gets directly what the group could not assign.</summary>
/// <param name="Lost">The directory SKUs that the exchange took from the user, with nothing in their place.</param>
/// <param name="Outcome"><see cref="UserMoveOutcome.Moved"/>: the license that the group was to assign is assigned directly.</param>
/// <param name="Reason">What was done, and why.</param>
/// <param name="LacksLicense">Whether one of the licenses is still missing, so that it is to be tried again.</param>
internal sealed record DirectAssignment(IReadOnlyCollection<SkuId> Lost, UserMoveOutcome Outcome, string Reason, bool LacksLicense);
