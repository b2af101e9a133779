using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>The ids in what flows down the pipeline, where they are text.</summary>
internal static class PipelineIds
{
    extension(ExpiringSubscription row)
    {
        /// <summary>Null for units of another channel.</summary>
        public SubscriptionId? Id => SubscriptionId.FromOrNull(row.SubscriptionId);

        /// <summary>The base of an add-on.</summary>
        public SubscriptionId? ParentId => SubscriptionId.FromOrNull(row.ParentSubscriptionId);
    }

    extension(TargetSubscription target)
    {
        /// <summary>The source; null for a purchase without one, and for units of another channel.</summary>
        public SubscriptionId? SourceId => SubscriptionId.FromOrNull(target.SourceSubscriptionId);

        /// <summary>Null while it is only planned.</summary>
        public SubscriptionId? TargetId => SubscriptionId.FromOrNull(target.TargetSubscriptionId);
    }

    extension(SubscriptionMigration migration)
    {
        /// <summary>Null while nothing is bought.</summary>
        public SubscriptionId? TargetId => SubscriptionId.FromOrNull(migration.TargetSubscriptionId);
    }
}
