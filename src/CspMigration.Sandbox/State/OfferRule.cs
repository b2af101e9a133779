namespace CspMigration.Sandbox.State;

/// <summary>How a scenario sells one offer differently from the catalog.</summary>
internal sealed class OfferRule
{
    /// <summary>The catalog does not list it any more.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>Listed, but marked as not for sale.</summary>
    public bool IsNotForSale { get; init; }

    public int Limit { get; init; }

    public string LimitUnit { get; init; } = "None";
}
