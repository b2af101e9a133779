namespace CspMigration.Core.Customers;

/// <summary>What became of a subscription's product until the subscription's term ends.</summary>
internal enum Withdrawal
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>The SKU map has it as retired.</summary>
    Retired,

    /// <summary>The catalog of the customer's country no longer sells it.</summary>
    NotOnSale,
}
