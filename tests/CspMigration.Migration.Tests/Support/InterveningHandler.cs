using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Has another administrator do something right before a request of a kind goes out.</summary>
/// <param name="inner">The sandbox.</param>
/// <param name="pathEnd">How the path ends.</param>
/// <param name="method">The method; null for any that writes.</param>
/// <param name="skip">How many of the kind go out before, from when <see cref="Act"/> is set.</param>
internal sealed class InterveningHandler(HttpMessageHandler inner, string pathEnd, HttpMethod? method = null, int skip = 0) : DelegatingHandler(inner)
{
    private Func<Task>? _act;
    private int _skipped;

    /// <summary>How the path ends, where that is known later only.</summary>
    public string PathEnd { get; set; } = pathEnd;

    /// <summary>What is done; once.</summary>
    public Func<Task>? Act
    {
        set => _act = value;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if ((method is null ? request.Method != HttpMethod.Get : request.Method == method)
            && request.RequestUri!.AbsolutePath.EndsWith(PathEnd, StringComparison.OrdinalIgnoreCase)
            && Volatile.Read(ref _act) is not null
            && Interlocked.Increment(ref _skipped) > skip
            && Interlocked.Exchange(ref _act, null) is { } act)
        {
            await act();
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
