// The names of the ids, for each project that uses them.
#pragma warning disable IDE0005 // Not every project uses all of them.
global using CspMigration.PartnerCenter.Ids;
global using SubscriptionId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Subscription>;
