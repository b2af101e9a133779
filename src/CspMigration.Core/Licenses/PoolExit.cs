namespace CspMigration.Core.Licenses;

/// <summary>One pool that a user leaves, and where to.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="TargetSkuId">The directory SKU the user goes to; null where a plan does not know it.</param>
/// <param name="LacksSeat">Whether the only seats left are not to be used: those of what ends.</param>
internal sealed record PoolExit(SourcePool Pool, SkuId? TargetSkuId, bool LacksSeat = false);
