using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox;

/// <summary>How often the sandbox was asked, and for what.</summary>
public sealed class SandboxRequests
{
    internal SandboxRequests(long total, long writes, long throttled, IReadOnlyDictionary<string, long> byRoute, IReadOnlyList<string> signInClients)
    {
        Total = total;
        Writes = writes;
        Throttled = throttled;
        ByRoute = byRoute;
        SignInClients = signInClients;
    }

    /// <summary>All requests but those to the controls.</summary>
    public long Total { get; }

    /// <summary>Changes carried out, or refused by the service itself; not what a fault or the limit kept away, nor repetitions.</summary>
    public long Writes { get; }

    /// <summary>Requests answered with 429.</summary>
    public long Throttled { get; }

    /// <summary>The same as <see cref="Writes"/>, and reads, by method and route.</summary>
    public IReadOnlyDictionary<string, long> ByRoute { get; }

    /// <summary>The libraries seen at sign-in, by their name and version.</summary>
    public IReadOnlyList<string> SignInClients { get; }

    /// <summary>How often a route was carried out.</summary>
    /// <param name="route">Its method and name: <c>POST /v1/customers/{customerId}/orders</c>.</param>
    public long Count(string route) => ByRoute.Where(pair => AnyCase.AreEqual(pair.Key, route)).Sum(pair => pair.Value);
}
