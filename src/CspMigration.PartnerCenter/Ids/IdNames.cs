// The names of the ids, for each project that uses them.
#pragma warning disable IDE0005 // Not every project uses all of them.
global using CspMigration.PartnerCenter.Ids;
global using CustomerId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Customer>;
global using GroupId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Group>;
global using OrderId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Order>;
global using ServicePlanId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.ServicePlan>;
global using SkuId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Sku>;
global using SubscriptionId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.Subscription>;
global using UserId = CspMigration.PartnerCenter.Ids.Id<CspMigration.PartnerCenter.Ids.IdKind.User>;
