using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Has somebody else do something right before the first request of a kind goes out.</summary>
internal sealed class InterveningHandler(HttpMessageHandler inner, string pathEnd) : DelegatingHandler(inner)
{
    private Func<Task>? _act;

    /// <summary>What is done; once.</summary>
    public Func<Task>? Act
    {
        set => _act = value;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get
            && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase)
            && Interlocked.Exchange(ref _act, null) is { } act)
        {
            await act();
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
