using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Graph.Http;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph.Batches;

/// <summary>
/// Sends many requests in one (learn.microsoft.com/graph/json-batching). Each has an outcome of its own: those that were throttled are sent
/// again after the time each of them names, and no others.
/// </summary>
internal sealed class BatchSender
{
    /// <summary>How many requests a batch takes.</summary>
    public const int Most = 20;

    private readonly GraphCaller _service;
    private readonly WritePace _pace;
    private readonly RetryRules _retry;
    private readonly TimeProvider _time;

    public BatchSender(GraphCaller service, WritePace pace, RetryRules retry, TimeProvider time)
    {
        _service = service;
        _pace = pace;
        _retry = retry;
        _time = time;
    }

    /// <summary>Sends up to <see cref="Most"/> requests, all of them readings or all of them writes.</summary>
    /// <returns>How each ended, in their order. A write whose answer was lost is <see cref="CspMigrationException.OutcomeUnknown"/>, and not sent again.</returns>
    /// <exception cref="CspMigrationException">The batch as a whole was refused; nothing was done.</exception>
    public async Task<IReadOnlyList<BatchResult>> SendAsync(IReadOnlyList<BatchRequest> requests, CancellationToken cancellationToken)
    {
        var results = new BatchResult?[requests.Count];
        var startedAt = _time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            var open = Enumerable.Range(0, requests.Count).Where(index => results[index] is null).ToList();
            var answers = await SendOnceAsync(requests, open, cancellationToken).ConfigureAwait(false);
            var wait = TimeSpan.Zero;
            foreach (var (index, answer) in open.Zip(answers, (index, answer) => (index, answer)))
            {
                if (!answer.IsRepeated(requests[index]))
                {
                    results[index] = answer.Result;
                    continue;
                }

                var asked = answer.RetryAfter is { } after && after > TimeSpan.Zero ? after : _retry.BackOff(failures);
                wait = asked > wait ? asked : wait;
                if (_time.GetElapsedTime(startedAt) + asked > _retry.Budget)
                {
                    results[index] = answer.Result;
                }
            }

            if (Array.TrueForAll(results, result => result is not null))
            {
                return results!;
            }

            if (requests[0].IsWrite)
            {
                _pace.Throttled(wait);
            }
            else
            {
                _service.Call.Observer.Waiting("throttled", wait);
                await _time.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<ItemAnswer>> SendOnceAsync(IReadOnlyList<BatchRequest> requests, List<int> open, CancellationToken cancellationToken)
    {
        var isWrite = requests[0].IsWrite;
        if (isWrite)
        {
            await _pace.EnterAsync(open.Count, _service.Call.Observer, cancellationToken).ConfigureAwait(false);
        }

        var body = new JObject { ["requests"] = new JArray(open.Select(index => requests[index].ToJson(Id(index)))) };
        var route = GraphCaller.Route($"$batch");
        try
        {
            var reply = await _service.SendAsync(isWrite ? ServiceRequest.Post(route, body, Guid.NewGuid()) : ServiceRequest.PostRepeatable(route, body), cancellationToken).ConfigureAwait(false);
            var answers = new Dictionary<string, ResourceReader>(StringComparer.Ordinal);
            foreach (var answer in reply.Body is JObject members ? new ResourceReader(members, "the answer to a batch").Resources("responses") : [])
            {
                answers[answer.Text("id") ?? ""] = answer;
            }

            // What is missing, or cannot be read, says nothing of whether it was done.
            return open.ConvertAll(index => answers.TryGetValue(Id(index), out var answer) && StatusOf(answer) is { } status ? Read(requests[index], answer, status) : Unanswered(requests[index]));
        }
        catch (CspMigrationException e) when (e.OutcomeUnknown)
        {
            return open.ConvertAll(_ => new ItemAnswer(new BatchResult { Error = e }, Status: null, RetryAfter: null));
        }
    }

    private static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static int? StatusOf(ResourceReader answer)
    {
        return int.TryParse(answer.Text("status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and < 600 ? status : null;
    }

    private ItemAnswer Read(BatchRequest request, ResourceReader answer, int status)
    {
        var body = ServiceJson.Find(answer.Json, "body") as JObject;
        if (status is >= 200 and < 300)
        {
            return new ItemAnswer(new BatchResult { Body = body }, status, RetryAfter: null);
        }

        var retryAfter = RetryAfterHeader.Parse(answer.Resource("headers")?.Text("Retry-After"), _time.GetUtcNow());
        return new ItemAnswer(new BatchResult { Error = Failure(request, status, body is null ? null : new ResourceReader(body, "an error").Resource("error")) }, status, retryAfter);
    }

    private ItemAnswer Unanswered(BatchRequest request)
    {
        return new ItemAnswer(new BatchResult { Error = Failure(request, status: null, error: null) }, Status: null, RetryAfter: null);
    }

    private CspMigrationException Failure(BatchRequest request, int? status, ResourceReader? error)
    {
        var isUnknown = request.IsWrite && status is null or 408 or >= 500;
        var definition = status switch
        {
            429 => PartnerCenterErrors.Throttled,
            401 or 403 => PartnerCenterErrors.NoDelegatedRights,
            null or 408 or >= 500 => PartnerCenterErrors.ServiceUnavailable,
            _ => PartnerCenterErrors.UnexpectedAnswer,
        };
        var words = error?.Text("message");
        var answer = status is null ? "no answer" : FormattableString.Invariant($"Microsoft Graph answered {status}");
        var problem = $"{(words is null ? "" : words.TrimEnd('.') + " ")}({answer} to {(request.IsWrite ? "POST" : "GET")} {request.Route} in a batch).{(isUnknown ? " Whether it was carried out is not known." : "")}";
        return new CspMigrationException(definition.Id, problem, definition.Remedy)
        {
            CustomerId = _service.CustomerId.ToString(),
            StatusCode = status,
            ServiceCode = error?.Text("code"),
            ServiceDescription = words,
            CorrelationId = _service.Call.CorrelationId,
            OutcomeUnknown = isUnknown,
        };
    }

    private sealed record ItemAnswer(BatchResult Result, int? Status, TimeSpan? RetryAfter)
    {
        // A reading does no harm; a write is sent again only where it was certainly not done.
        public bool IsRepeated(BatchRequest request) => Status == 429 || (!request.IsWrite && Result.Error is not null && Status is null or 408 or >= 500);
    }
}
