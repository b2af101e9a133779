namespace CspMigration.Contracts;

/// <summary>What happens to a subscription when its term ends.</summary>
public enum EndOfTerm
{
    /// <summary>It renews as it is.</summary>
    Renews,

    /// <summary>It renews as another product.</summary>
    RenewsIntoAnother,

    /// <summary>It ends.</summary>
    Ends,

    /// <summary>It goes on month by month at a surcharge, as a paid extension.</summary>
    Extends,

    /// <summary>The service does not say enough to know.</summary>
    Unknown,

    /// <summary>It renews as it is, although its SKU is retired or no longer on sale. It does not expire.</summary>
    RenewsIntoRetired,
}
