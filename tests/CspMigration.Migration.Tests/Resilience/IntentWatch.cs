using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Looks, whenever something is about to be bought, assigned or suspended, whether the journal on disk announces it.</summary>
internal sealed class IntentWatch(HttpMessageHandler inner, string journalPath) : DelegatingHandler(inner)
{
    private readonly ConcurrentQueue<string> _unannounced = [];
    private int _announced;

    public int Announced => Volatile.Read(ref _announced);

    public IReadOnlyCollection<string> Unannounced => _unannounced;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;

        // A cart costs nothing before its checkout.
        if (request.Method != HttpMethod.Get && !path.EndsWith("/carts", StringComparison.Ordinal))
        {
            using var journal = new FileJournal(journalPath, "", TimeProvider.System);
            if (journal.ReadAll().Any(entry => Announces(entry, request, path)))
            {
                _ = Interlocked.Increment(ref _announced);
            }
            else
            {
                _unannounced.Enqueue($"{request.Method} {path}");
            }
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static bool Announces(JournalEntry entry, HttpRequestMessage request, string path)
    {
        return entry switch
        {
            PurchaseIntended purchase => request.Headers.GetValues("MS-RequestId").Contains($"{purchase.RequestId}"),
            LicenseIntended license => request.Headers.GetValues("MS-RequestId").Contains($"{license.RequestId}"),
            StatusIntended status => path.EndsWith($"/subscriptions/{status.SubscriptionId}", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }
}
