namespace CspMigration.Core.Migration.Licenses;

/// <summary>One pool that a user leaves, and where to.</summary>
/// <param name="Plan">The pool.</param>
/// <param name="TargetSkuId">The directory SKU the user goes to; null where a plan does not know it.</param>
internal sealed record PoolExit(LicensePlan Plan, string? TargetSkuId);
