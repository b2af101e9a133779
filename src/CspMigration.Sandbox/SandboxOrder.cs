using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>An order.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Origin"><c>scenario</c>, or <c>api</c> for orders placed by requests.</param>
/// <param name="LineItems">Its lines.</param>
public sealed record SandboxOrder(string Id, string Origin, IReadOnlyList<SandboxOrderLine> LineItems);
