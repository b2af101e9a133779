using System.Collections.Generic;
using System.Linq;
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

        /// <summary>What was bought; null for units of another channel.</summary>
        public CatalogItemId? CatalogItem => CatalogItemId.FromOrNull(row.OfferId);
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

        /// <summary>What is bought, or is to be; null where it is not known.</summary>
        public CatalogItemId? CatalogItem => CatalogItemId.FromOrNull(target.OfferId);
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

        /// <summary>What it was sold as.</summary>
        public IEnumerable<CatalogItemId> SourceCatalogItems => mapping.SourceOfferIds.Select(CatalogItemId.From);
    }

    extension(SkuTarget target)
    {
        /// <summary>Null where the map does not say.</summary>
        public SkuId? Sku => SkuId.FromOrNull(target.SkuId);

        /// <summary>What it is sold as, for each seat tier.</summary>
        public IEnumerable<CatalogItemId> CatalogItems => target.OfferIds.Select(offer => offer.CatalogItem);
    }

    extension(SkuTargetOffer offer)
    {
        /// <summary>What the target is sold as within the offer's seats.</summary>
        public CatalogItemId CatalogItem => CatalogItemId.From(offer.OfferId);
    }

    extension(TargetOffer offer)
    {
        /// <summary>Null where the service does not say.</summary>
        public SkuId? Sku => SkuId.FromOrNull(offer.SkuId);

        /// <summary>Null for a target that is there and not known to be on sale.</summary>
        public CatalogItemId? CatalogItem => CatalogItemId.FromOrNull(offer.Id);

        /// <summary>What the customer must have one of.</summary>
        public IEnumerable<CatalogItemId> PrerequisiteItems => offer.Prerequisites.Select(CatalogItemId.FromOrNull).Known();
    }

    extension(UserLicenseMove move)
    {
        /// <summary>The user; null where a record does not say.</summary>
        public UserId? User => UserId.FromOrNull(move.UserId);
    }
}
