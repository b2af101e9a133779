using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Ends the process, as far as it can tell, at a certain request: before the service sees it, or after it has acted.</summary>
internal sealed class CrashingHandler(HttpMessageHandler inner, int at, bool afterTheService, CancellationTokenSource death) : DelegatingHandler(inner)
{
    private int _requests;

    /// <summary>How many requests there have been.</summary>
    public int Requests => Volatile.Read(ref _requests);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        death.Token.ThrowIfCancellationRequested();
        if (number != at)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (afterTheService)
        {
            using var lost = await base.SendAsync(request, CancellationToken.None);
        }

        await death.CancelAsync();
        throw new OperationCanceledException("The process is dead.", death.Token);
    }
}
