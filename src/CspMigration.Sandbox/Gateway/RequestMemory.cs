using System;
using System.Collections.Concurrent;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Gateway;

/// <summary>
/// Remembers what was answered to a write, so that the same write sent again is not carried out again. A write is the same
/// when its MS-RequestId, route, ids, query and body are: an id that comes back with another request is served.
/// </summary>
internal sealed class RequestMemory
{
    private readonly ConcurrentDictionary<(Guid RequestId, ulong Request), Entry> _entries = new();

    public EncodedAnswer Answer(Guid requestId, SandboxRequest request, RouteMatch match, Func<EncodedAnswer> execute)
    {
        var entry = _entries.GetOrAdd((requestId, Fingerprint(request, match)), _ => new Entry());

        // Two of the same at the same time: the second waits for what the first does.
        lock (entry)
        {
            return entry.Answer ??= execute();
        }
    }

    // Many answers are remembered, so of each request only what tells it from another, however its path is written.
    private static ulong Fingerprint(SandboxRequest request, RouteMatch match)
    {
        var ids = string.Join("/", match.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
        return Hash.Of($"{match.Route.Name}/{ids}?{request.Query.Text}".ToUpperInvariant(), Hash.Of(request.Body));
    }

    private sealed class Entry
    {
        public EncodedAnswer? Answer { get; set; }
    }
}
