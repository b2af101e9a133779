using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>Billing cycles as clients send them back.</summary>
internal static class BillingCycles
{
    private const string Unknown = "unknown";
    private const string None = "none";

    /// <summary>
    /// The cycle a client names, in the service's spelling; null where it names none. A word that is no cycle is left as it is:
    /// nothing is sold so.
    /// </summary>
    public static string? Read(JsonBody body)
    {
        var text = body.NonEmptyText("billingCycle");
        var word = Words.BillingCycles.Find(text) ?? text;
        return word == Unknown ? null : word;
    }

    /// <summary>How long a cycle is, as an ISO 8601 period.</summary>
    public static string Period(string cycle) => cycle switch
    {
        "annual" => "P1Y",
        "biennial" => "P2Y",
        "triennial" => "P3Y",
        _ => "P1M",
    };

    /// <summary>The cycle asked for where it is another.</summary>
    public static string? Changed(JsonBody body, string current) => Read(body) is { } wanted && wanted != None && wanted != current ? wanted : null;
}
