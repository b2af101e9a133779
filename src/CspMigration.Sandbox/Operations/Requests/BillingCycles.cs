using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>Reads billing cycles from bodies.</summary>
internal static class BillingCycles
{
    private const string Unknown = "unknown";
    private const string None = "none";

    /// <summary>
    /// The billing cycle in the service's spelling; null if the body has none. An unknown word is returned unchanged; no item is
    /// sold with it.
    /// </summary>
    public static string? Read(JsonBody body)
    {
        var text = body.NonEmptyText("billingCycle");
        var word = Words.BillingCycles.Find(text) ?? text;
        return word == Unknown ? null : word;
    }

    /// <summary>The length of a billing cycle as an ISO 8601 period.</summary>
    public static string Period(string cycle) => cycle switch
    {
        "annual" => "P1Y",
        "biennial" => "P2Y",
        "triennial" => "P3Y",
        _ => "P1M",
    };

    /// <summary>The requested billing cycle if it differs; null otherwise.</summary>
    public static string? Changed(JsonBody body, string current) => Read(body) is { } wanted && wanted != None && wanted != current ? wanted : null;
}
