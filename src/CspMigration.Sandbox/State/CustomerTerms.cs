namespace CspMigration.Sandbox.State;

/// <summary>How commerce with one customer differs from the usual.</summary>
internal sealed class CustomerTerms
{
    public static readonly CustomerTerms Usual = new();

    public LegacyRefusal LegacyOrders { get; init; }

    /// <summary>New commerce lists its items but refuses them in a cart.</summary>
    public bool CartLinesAreRefused { get; init; }

    /// <summary>Its purchases are never provisioned.</summary>
    public bool ProvisioningFails { get; init; }

    /// <summary>Its trials cannot be converted.</summary>
    public bool HasNoConversions { get; init; }

    /// <summary>What the partner's application may do through Microsoft Graph; null for what it may do elsewhere.</summary>
    public GraphConsent? GraphConsent { get; init; }

    /// <summary>The customer agreement is not confirmed.</summary>
    public bool LacksAgreement { get; init; }
}
