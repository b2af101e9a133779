namespace CspMigration.Contracts;

/// <summary>Which commerce a purchase may use.</summary>
public enum CommerceChoice
{
    /// <summary>Legacy while the target is on sale there, otherwise new commerce.</summary>
    Auto,

    /// <summary>Only a legacy order.</summary>
    Legacy,

    /// <summary>Only a new-commerce cart.</summary>
    New,
}
