using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>
/// Holds the calls of one kind until so many are under way together, which shows that they do not wait for each other.
/// Where they do, the test fails after <see cref="Patience"/>.
/// </summary>
internal sealed class MeetingHandler(HttpMessageHandler inner, string pathEnd, int calls) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>From when on calls are held; those before pass.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>How many calls of the kind came while it was on.</summary>
    public int Count => Volatile.Read(ref _count);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsOn && request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase))
        {
            if (Interlocked.Increment(ref _count) == calls)
            {
                _met.SetResult();
            }

            await _met.Task.WaitAsync(Patience, cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
