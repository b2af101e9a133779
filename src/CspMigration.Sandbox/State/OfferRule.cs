namespace CspMigration.Sandbox.State;

/// <summary>How a scenario deviates from the catalog for one offer.</summary>
internal sealed class OfferRule
{
    /// <summary>The catalog no longer lists it.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>Listed, but marked as not for sale.</summary>
    public bool IsNotForSale { get; init; }

    public int Limit { get; init; }

    public string LimitUnit { get; init; } = "None";
}
