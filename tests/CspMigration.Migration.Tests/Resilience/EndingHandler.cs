using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Ends a run at a certain request: the process dies, or everything is refused from there on.</summary>
internal sealed class EndingHandler(HttpMessageHandler inner, RunEnd end, int at, CancellationTokenSource death) : DelegatingHandler(inner)
{
    private int _requests;

    /// <summary>How many requests there have been.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The number of the request that buys; 0 while there was none.</summary>
    public int Purchase { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        death.Token.ThrowIfCancellationRequested();
        if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath is var path && (path.EndsWith("/orders", StringComparison.Ordinal) || path.EndsWith("/checkout", StringComparison.Ordinal)))
        {
            Purchase = number;
        }

        if (number < at)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (Status is { } status)
        {
            return new HttpResponseMessage(status) { RequestMessage = request };
        }

        if (end == RunEnd.CrashAfter)
        {
            using var lost = await base.SendAsync(request, CancellationToken.None);
        }

        await death.CancelAsync();
        throw new OperationCanceledException("The process is dead.", death.Token);
    }

    private HttpStatusCode? Status => end switch
    {
        RunEnd.Refused401 => HttpStatusCode.Unauthorized,
        RunEnd.Refused403 => HttpStatusCode.Forbidden,
        RunEnd.Refused404 => HttpStatusCode.NotFound,
        _ => null,
    };
}
