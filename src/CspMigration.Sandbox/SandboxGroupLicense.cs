using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A SKU that a group assigns.</summary>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="DisabledPlans">The ids of the plans switched off.</param>
public sealed record SandboxGroupLicense(string SkuId, IReadOnlyList<string> DisabledPlans);
