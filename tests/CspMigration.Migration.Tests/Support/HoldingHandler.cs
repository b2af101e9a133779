using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Holds the calls whose path ends in a certain way until they are given up.</summary>
internal sealed class HoldingHandler(HttpMessageHandler inner, string pathEnd) : DelegatingHandler(inner)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _awaited = int.MaxValue;
    private int _underWay;

    /// <summary>How many calls are held now.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Whether calls are held; those that come while they are not pass.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Waits until so many calls are held.</summary>
    public Task ReachedAsync(int calls)
    {
        _awaited = calls;
        Check();
        return _reached.Task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsOn || !request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        _ = Interlocked.Increment(ref _underWay);
        Check();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
        finally
        {
            _ = Interlocked.Decrement(ref _underWay);
        }
    }

    private void Check()
    {
        if (UnderWay >= _awaited)
        {
            _ = _reached.TrySetResult();
        }
    }
}
