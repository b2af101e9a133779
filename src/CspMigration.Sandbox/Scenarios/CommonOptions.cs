using System.Collections.Generic;

namespace CspMigration.Sandbox.Scenarios;

/// <summary>The options every scenario takes.</summary>
internal static class CommonOptions
{
    /// <summary>Whether licence-based offers are sold.</summary>
    public const string LegacyCommerce = "legacyCommerce";

    /// <summary>How far the list of orders runs behind.</summary>
    public const string OrderListLag = "orderListLag";

    /// <summary>Whether answers have oddities a client must bear: byte order marks, names in another casing, numbers as text.</summary>
    public const string Quirks = "quirks";

    public static IReadOnlyList<ScenarioOption> All { get; } =
    [
        ScenarioOption.Choice(LegacyCommerce, "open", "closed", "refused"),
        ScenarioOption.Duration(OrderListLag, "PT0S"),
        ScenarioOption.Choice(Quirks, "off", "on"),
    ];
}
