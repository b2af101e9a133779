using System;
using System.Diagnostics;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Benchmarks;

/// <summary>The network, with a count of what goes through it.</summary>
internal sealed class Meter() : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = 256, AllowAutoRedirect = false, UseCookies = false })
{
    private int _calls;
    private int _underWay;
    private int _peak;
    private int _throttled;
    private long _first;
    private long _last;

    public int Calls => _calls;

    /// <summary>Calls answered with 429.</summary>
    public int Throttled => _throttled;

    /// <summary>The most calls that were under way at once.</summary>
    public int Peak => _peak;

    /// <summary>From the first call's start to the last one's end.</summary>
    public TimeSpan Span => Stopwatch.GetElapsedTime(_first, _last);

    /// <summary>Called with every call.</summary>
    public Action<HttpRequestMessage>? Sent { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = Interlocked.CompareExchange(ref _first, Stopwatch.GetTimestamp(), 0);
        _ = Interlocked.Increment(ref _calls);
        Sent?.Invoke(request);
        var underWay = Interlocked.Increment(ref _underWay);
        for (var peak = _peak; underWay > peak; peak = _peak)
        {
            _ = Interlocked.CompareExchange(ref _peak, underWay, peak);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode == 429)
            {
                _ = Interlocked.Increment(ref _throttled);
            }

            return response;
        }
        finally
        {
            _ = Interlocked.Decrement(ref _underWay);
            _ = Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
        }
    }
}
