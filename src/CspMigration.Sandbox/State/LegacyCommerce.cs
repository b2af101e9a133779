namespace CspMigration.Sandbox.State;

/// <summary>Whether license-based offers can be purchased.</summary>
internal enum LegacyCommerce
{
    Open,

    /// <summary>As since 2024-09-01: listed as not for sale, orders refused.</summary>
    Closed,

    /// <summary>Listed as for sale, but orders are refused.</summary>
    Refused,
}
