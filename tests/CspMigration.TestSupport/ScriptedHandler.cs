using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.TestSupport;

/// <summary>A service that answers by a script and keeps every request it got.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Func<RecordedRequest, ScriptedAnswer> _answer;
    private readonly VirtualTime? _clock;

    /// <summary>Answers by a function.</summary>
    /// <param name="clock">The clock to hold while a request is looked at; null for none.</param>
    /// <param name="answer">The answer to a request.</param>
    public ScriptedHandler(VirtualTime? clock, Func<RecordedRequest, ScriptedAnswer> answer)
    {
        _clock = clock;
        _answer = answer;
    }

    /// <summary>Gives the answers in order; a request after the last fails the test.</summary>
    /// <param name="clock">The clock to hold while a request is looked at; null for none.</param>
    /// <param name="answers">The answers.</param>
    public ScriptedHandler(VirtualTime? clock, params ScriptedAnswer[] answers)
        : this(clock, InOrder(answers))
    {
    }

    /// <summary>The requests so far, in the order they came.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        using var busy = _clock?.Busy();
        var recorded = await RecordAsync(request, cancellationToken).ConfigureAwait(false);
        _requests.Enqueue(recorded);
        var answer = _answer(recorded);
        if (answer.Stalls)
        {
            busy?.Dispose();
        }

        var response = await answer.GiveAsync(cancellationToken).ConfigureAwait(false);
        response.RequestMessage = request;
        return response;
    }

    private static Func<RecordedRequest, ScriptedAnswer> InOrder(ScriptedAnswer[] answers)
    {
        var queue = new ConcurrentQueue<ScriptedAnswer>(answers);
        return request => queue.TryDequeue(out var answer)
            ? answer
            : throw new InvalidOperationException($"The script has no answer left for {request.Method} {request.Uri}.");
    }

    private static async Task<RecordedRequest> RecordAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new RecordedRequest(request.Method.Method, request.RequestUri!, headers, body, request.Headers.ExpectContinue);
    }
}
