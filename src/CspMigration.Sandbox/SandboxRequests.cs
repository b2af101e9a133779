using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox;

/// <summary>Counts of the requests to the sandbox.</summary>
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

    /// <summary>Writes carried out, or refused by the service itself; without those that a fault or the rate limit stopped, and without repetitions.</summary>
    public long Writes { get; }

    /// <summary>Requests answered with 429.</summary>
    public long Throttled { get; }

    /// <summary>Writes and reads carried out, by method and route.</summary>
    public IReadOnlyDictionary<string, long> ByRoute { get; }

    /// <summary>The client libraries seen at sign-in, with name and version.</summary>
    public IReadOnlyList<string> SignInClients { get; }

    /// <summary>The number of requests of a route.</summary>
    /// <param name="route">Its method and name: <c>POST /v1/customers/{customerId}/orders</c>.</param>
    public long Count(string route) => ByRoute.Where(pair => AnyCase.AreEqual(pair.Key, route)).Sum(pair => pair.Value);
}
