using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A license of a user.</summary>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="DisabledPlans">The ids of the plans switched off.</param>
/// <param name="InheritedFromGroup">Whether it is inherited from a group.</param>
public sealed record SandboxLicense(string SkuId, IReadOnlyList<string> DisabledPlans, bool InheritedFromGroup);
