using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>A migration whose licenses go back.</summary>
/// <param name="Source">The source.</param>
/// <param name="SourceSku">Its directory SKU.</param>
/// <param name="TargetSku">The directory SKU of the target.</param>
internal sealed record ReturnedMigration(Subscription Source, SkuId SourceSku, SkuId TargetSku);
