namespace CspMigration.PartnerCenter.Ids;

/// <summary>What an <see cref="Id{TKind}"/> is the id of.</summary>
internal static class IdKind
{
    /// <summary>A customer's tenant.</summary>
    internal readonly struct Customer;

    internal readonly struct Subscription;

    internal readonly struct Order;

    /// <summary>A product in the customer's directory, by which licenses are assigned; not a SKU of the catalog.</summary>
    internal readonly struct Sku;

    /// <summary>What is on sale: <see cref="CatalogItemId"/>.</summary>
    internal readonly struct CatalogItem;

    internal readonly struct ServicePlan;

    internal readonly struct Group;

    internal readonly struct User;
}
