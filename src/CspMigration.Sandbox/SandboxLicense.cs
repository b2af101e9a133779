using System.Collections.Generic;

namespace CspMigration.Sandbox;

/// <summary>A license of a user.</summary>
/// <param name="SkuId">The directory SKU.</param>
/// <param name="DisabledPlans">The ids of the plans switched off.</param>
/// <param name="InheritedFromGroup">Whether it is inherited from a group alone.</param>
/// <param name="AssignedByGroup">The ids of the groups that assign it.</param>
public sealed record SandboxLicense(string SkuId, IReadOnlyList<string> DisabledPlans, bool InheritedFromGroup, IReadOnlyList<string> AssignedByGroup);
