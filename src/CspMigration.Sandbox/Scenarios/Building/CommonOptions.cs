using System.Collections.Generic;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>The options every scenario takes.</summary>
internal static class CommonOptions
{
    /// <summary>Whether license-based offers are sold.</summary>
    public const string LegacyCommerce = "legacyCommerce";

    /// <summary>How far the list of orders lags.</summary>
    public const string OrderListLag = "orderListLag";

    /// <summary>How far the list of a customer's subscriptions lags.</summary>
    public const string SubscriptionListLag = "subscriptionListLag";

    /// <summary>The partner's cloud, which limits what it can do.</summary>
    public const string Cloud = "cloud";

    /// <summary>Whether users sign in with multiple factors, as the service requires.</summary>
    public const string MultiFactor = "mfa";

    /// <summary>Whether customers have accepted the customer agreement.</summary>
    public const string Agreement = "agreement";

    /// <summary>The qualification that customers have from the start.</summary>
    public const string Qualification = "qualification";

    /// <summary>Whether a change of a subscription is answered with 202 and a location.</summary>
    public const string Accepted = "accepted";

    /// <summary>What the service does at the end of a term of new commerce.</summary>
    public const string EndOfTerm = "endOfTerm";

    /// <summary>Whether the first transition of each subscription fails after it was accepted.</summary>
    public const string FirstTransition = "firstTransition";

    /// <summary>The lifetime of an access token.</summary>
    public const string TokenLifetime = "tokenLifetime";

    /// <summary>Whether device codes wait for the control that answers them.</summary>
    public const string DeviceCode = "deviceCode";

    /// <summary>How far the index of Microsoft Graph lags that finds the holders of a SKU.</summary>
    public const string GraphIndexLag = "graphIndexLag";

    /// <summary>What the partner's application may do through Microsoft Graph.</summary>
    public const string GraphConsent = "graphConsent";

    /// <summary>How many writes a tenant's directory takes in 150 seconds through Microsoft Graph.</summary>
    public const string GraphWrites = "graphWrites";

    /// <summary>Whether answers have quirks that clients must tolerate: byte order marks, names in another casing, numbers as text.</summary>
    public const string Quirks = "quirks";

    public static IReadOnlyList<ScenarioOption> All { get; } =
    [
        ScenarioOption.Choice(LegacyCommerce, "open", "closed", "refused"),
        ScenarioOption.Duration(OrderListLag, "PT0S"),
        ScenarioOption.Duration(SubscriptionListLag, "PT0S"),
        ScenarioOption.Choice(Cloud, "Global", "USGovernment", "China"),
        ScenarioOption.Choice(MultiFactor, "on", "missing"),
        ScenarioOption.Choice(Agreement, "recorded", "missing"),
        ScenarioOption.Choice(Qualification, ["none", .. State.Qualification.Names]),
        ScenarioOption.Choice(Accepted, "off", "on"),
        ScenarioOption.Choice(EndOfTerm, "extend", "keep", "refuse", "ignore"),
        ScenarioOption.Choice(FirstTransition, "completes", "fails"),
        ScenarioOption.Duration(TokenLifetime, "PT1H"),
        ScenarioOption.Choice(DeviceCode, "granted", "waits"),
        ScenarioOption.Duration(GraphIndexLag, "PT0S"),
        ScenarioOption.Choice(GraphConsent, "all", "read", "none"),
        ScenarioOption.Whole(GraphWrites, 3000, 1, 1_000_000),
        ScenarioOption.Choice(Quirks, "off", "on"),
    ];
}
