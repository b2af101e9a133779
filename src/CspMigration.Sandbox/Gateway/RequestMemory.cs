using System;
using System.Collections.Concurrent;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Gateway;

/// <summary>
/// Keeps the answers to writes, so that a write sent again is not carried out again. Two writes are the same if MS-RequestId,
/// route, ids, query and body are; the same id with another request is a new write.
/// </summary>
internal sealed class RequestMemory
{
    private readonly ConcurrentDictionary<(Guid RequestId, ulong Request), Entry> _entries = new();

    public EncodedAnswer Answer(Guid requestId, SandboxRequest request, RouteMatch match, Func<EncodedAnswer> execute)
    {
        var entry = _entries.GetOrAdd((requestId, Fingerprint(request, match)), _ => new Entry());

        // A concurrent repetition waits for the first one.
        lock (entry)
        {
            return entry.Answer ??= execute();
        }
    }

    // Many entries are kept, so each request is reduced to a hash, independent of how its path is spelled.
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
