using System;
using System.Collections.Concurrent;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox.Gateway;

/// <summary>
/// Remembers by MS-RequestId what was answered to a write, so that the same write sent again is not carried out again. An id
/// that comes back with another request is refused.
/// </summary>
internal sealed class RequestMemory
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(Same.Comparer);

    public EncodedAnswer Answer(string requestId, SandboxRequest request, Func<EncodedAnswer> carryOut)
    {
        var entry = _entries.GetOrAdd(requestId, _ => new Entry());

        // Two of the same id at the same time: the second waits for what the first does.
        lock (entry)
        {
            if (entry.Answer == null)
            {
                entry.Remember(request, carryOut());
            }
            else if (!entry.IsOf(request))
            {
                throw Refuse.RequestIdReused(requestId);
            }

            return entry.Answer!;
        }
    }

    private sealed class Entry
    {
        private ulong _fingerprint;

        public EncodedAnswer? Answer { get; private set; }

        public void Remember(SandboxRequest request, EncodedAnswer answer)
        {
            _fingerprint = Fingerprint(request);
            Answer = answer;
        }

        public bool IsOf(SandboxRequest request) => _fingerprint == Fingerprint(request);

        // Many answers are remembered, so of each request only what tells it from another.
        private static ulong Fingerprint(SandboxRequest request) =>
            Hash.Of($"{request.Method} {request.Path}?{request.Query.Text}".ToUpperInvariant(), Hash.Of(request.Body));
    }
}
