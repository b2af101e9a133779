namespace CspMigration.Contracts;

/// <summary>Through which commerce a subscription was, or will be, bought.</summary>
public enum CommerceKind
{
    /// <summary>License-based offers with a GUID as offer id, bought by an order.</summary>
    Legacy,

    /// <summary>New commerce: <c>product:sku:availability</c>, bought by a cart and its checkout.</summary>
    NewCommerce,

    /// <summary>Bought elsewhere (Open, direct, another partner): visible as units in the tenant, not ours to suspend.</summary>
    OtherChannel,
}
