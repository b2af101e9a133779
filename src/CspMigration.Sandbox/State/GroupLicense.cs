using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;

namespace CspMigration.Sandbox.State;

/// <summary>A SKU that a group assigns to its members.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="DisabledPlans">The ids of the plans it switches off.</param>
internal sealed record GroupLicense(DirectorySku Sku, IReadOnlyList<string> DisabledPlans);
