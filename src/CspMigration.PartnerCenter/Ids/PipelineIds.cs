using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>The ids in what flows down the pipeline, where they are text.</summary>
internal static class PipelineIds
{
    extension(ExpiringSubscription row)
    {
        public CustomerId Customer => CustomerId.From(row.CustomerId);

        /// <summary>Null for units of another channel.</summary>
        public SubscriptionId? Id => SubscriptionId.FromOrNull(row.SubscriptionId);

        /// <summary>The base of an add-on.</summary>
        public SubscriptionId? ParentId => SubscriptionId.FromOrNull(row.ParentSubscriptionId);

        /// <summary>Null until it is known.</summary>
        public SkuId? Sku => SkuId.FromOrNull(row.SkuId);
    }

    extension(TargetSubscription target)
    {
        public CustomerId Customer => CustomerId.From(target.CustomerId);

        /// <summary>The source; null for a purchase without one, and for units of another channel.</summary>
        public SubscriptionId? SourceId => SubscriptionId.FromOrNull(target.SourceSubscriptionId);

        /// <summary>Null while it is only planned.</summary>
        public SubscriptionId? TargetId => SubscriptionId.FromOrNull(target.TargetSubscriptionId);

        /// <summary>The directory SKU of the source; null where it is not known.</summary>
        public SkuId? SourceSku => SkuId.FromOrNull(target.SourceSkuId);

        /// <summary>The directory SKU of the target; null where it is not known.</summary>
        public SkuId? TargetSku => SkuId.FromOrNull(target.SkuId);
    }

    extension(SubscriptionMigration migration)
    {
        /// <summary>Null where the journal does not say.</summary>
        public CustomerId? Customer => CustomerId.FromOrNull(migration.CustomerId);

        /// <summary>Null while nothing is bought.</summary>
        public SubscriptionId? TargetId => SubscriptionId.FromOrNull(migration.TargetSubscriptionId);
    }

    extension(SkuMapping mapping)
    {
        /// <summary>Null where the map does not say.</summary>
        public SkuId? SourceSku => SkuId.FromOrNull(mapping.SourceSkuId);
    }

    extension(SkuTarget target)
    {
        /// <summary>Null where the map does not say.</summary>
        public SkuId? Sku => SkuId.FromOrNull(target.SkuId);
    }

    extension(TargetOffer offer)
    {
        /// <summary>Null where the service does not say.</summary>
        public SkuId? Sku => SkuId.FromOrNull(offer.SkuId);
    }

    extension(UserLicenseMove move)
    {
        /// <summary>The user; null where a record does not say.</summary>
        public UserId? User => UserId.FromOrNull(move.UserId);
    }
}
