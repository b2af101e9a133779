namespace CspMigration.Sandbox.State;

/// <summary>What is different about selling to one customer.</summary>
internal sealed class CustomerTerms
{
    public static readonly CustomerTerms Usual = new();

    public LegacyRefusal LegacyOrders { get; init; }

    /// <summary>What new commerce offers but refuses once it is in a cart.</summary>
    public bool CartLinesAreRefused { get; init; }

    /// <summary>The seats of what it buys never arrive.</summary>
    public bool ProvisioningFails { get; init; }

    /// <summary>Its trials cannot be converted.</summary>
    public bool HasNoConversions { get; init; }

    /// <summary>It has not accepted the customer agreement.</summary>
    public bool LacksAgreement { get; init; }
}
