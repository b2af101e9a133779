using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Faults;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Gateway;

/// <summary>
/// Applies latency, faults and the rate limit to every request except those to the controls, then has it carried out. All
/// waiting happens here, without a lock.
/// </summary>
internal sealed class RequestPipeline
{
    private const int LargestBatch = 20;
    private const int ItemsAtOnce = 4;
    private const string JsonType = "application/json; charset=utf-8";
    private const string HtmlType = "text/html; charset=utf-8";

    private readonly World _world;
    private readonly RouteExecutor _executor;
    private readonly RateLimiter _limiter;
    private readonly TimeSpan _latency;
    private long _answered;

    public RequestPipeline(World world, TimeSpan latency, int? rateLimit)
    {
        _world = world;
        _latency = latency;
        _limiter = new RateLimiter(rateLimit);
        _executor = new RouteExecutor(world, Log);
    }

    public RequestLog Log { get; } = new();

    public FaultRules Faults { get; } = new(RouteTable.Router.Templates);

    public async Task<SandboxResponse> AnswerAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        Log.CountArrival();
        await _world.Clock.Wait(_latency, cancellationToken).ConfigureAwait(false);
        var match = Match(request, out var refusal);
        var faults = Faults.ActionsFor(request.Method, match?.Route.Template);
        if (faults.FirstOrDefault(fault => fault.Kind is FaultKind.DropBefore or FaultKind.Status or FaultKind.SignIn) is { } fault)
        {
            return Refused(request, fault);
        }

        EncodedAnswer answer;
        try
        {
            CheckRate(match == null ? RouteFamilies.Of(request.Path) : match.Route.Family);
            answer = match switch
            {
                null => throw refusal!,
                { Route.Template: Route.Batch } => await AnswerBatchAsync(request, match, cancellationToken).ConfigureAwait(false),
                { Route.IsOfGraph: true } => _executor.AnswerOfGraph(request, match),
                _ => _executor.Answer(request, match),
            };
        }
        catch (GatewayException e)
        {
            answer = EncodedAnswer.Of(ErrorBody.Of(e));
        }

        foreach (var delay in faults.Where(fault => fault.Kind == FaultKind.Delay))
        {
            await _world.Clock.Wait(delay.Delay, cancellationToken).ConfigureAwait(false);
        }

        var damage = faults.FirstOrDefault(fault => fault.Kind != FaultKind.Delay)?.Kind;
        return Damaged(request, answer, damage);
    }

    // The answer is a success as a whole; each item has its own, and they come in any order.
    private async Task<EncodedAnswer> AnswerBatchAsync(SandboxRequest request, RouteMatch batch, CancellationToken cancellationToken)
    {
        List<BatchItem> items;
        try
        {
            items = JsonBody.Parse(request.Body).Objects("requests").Select(item => BatchItem.Of(item, request)).ToList();
            if (items.Count is 0 or > LargestBatch)
            {
                throw new FormatException($"Number of batch request steps must be from 1 to {LargestBatch}.");
            }
        }
        catch (FormatException e)
        {
            return EncodedAnswer.Of(ErrorBody.Of(GraphRefusals.BadRequest(e.Message)));
        }

        Log.CountExecuted(batch.Route);
        await _world.Clock.Wait(TimeSpan.FromTicks(_latency.Ticks * ((items.Count - 1) / ItemsAtOnce)), cancellationToken).ConfigureAwait(false);
        var answers = items.Select(AnswerItem).OrderBy(answer => Hash.Of((string)answer["id"]!, (ulong)_answered)).ToList();
        return EncodedAnswer.Of(Answer.Ok(new JObject { ["responses"] = new JArray(answers) }));
    }

    // Where the connection of a request of its own would break, the batch says that the item was not answered in time.
    private JObject AnswerItem(BatchItem item)
    {
        if (Match(item.Request, out _) is not { Route.IsOfGraph: true } match)
        {
            return item.Answer(EncodedAnswer.Of(ErrorBody.Of(GraphRefusals.NoSuchRoute(item.Request.Path))), retryAfter: null);
        }

        var faults = Faults.ActionsFor(item.Request.Method, match.Route.Template);
        var fault = faults.FirstOrDefault(fault => fault.Kind is FaultKind.DropBefore or FaultKind.Status);
        if (fault?.Status == 429)
        {
            Log.CountThrottled();
        }

        var answer = fault == null ? _executor.AnswerOfGraph(item.Request, match, isItem: true) : null;
        var status = fault is { Kind: FaultKind.Status } ? fault.Status : fault != null || faults.Any(other => other.Kind != FaultKind.Delay) ? 504 : 0;
        return item.Answer(status == 0 ? answer! : EncodedAnswer.Of(ErrorBody.OfGraph(status, "UnknownError", "A fault was requested.")), fault?.RetryAfter);
    }

    private static RouteMatch? Match(SandboxRequest request, out GatewayException? refusal)
    {
        try
        {
            refusal = null;
            return RouteTable.Router.Match(request.Method, request.Path);
        }
        catch (GatewayException e)
        {
            refusal = e;
            return null;
        }
    }

    private void CheckRate(RouteFamily? family)
    {
        if (family is { } limited && _limiter.Acquire(limited, _world.Clock.Now) is { } seconds)
        {
            Log.CountThrottled();
            throw Refusals.RateLimited(seconds);
        }
    }

    private SandboxResponse Refused(SandboxRequest request, FaultAction fault)
    {
        if (fault.Kind == FaultKind.DropBefore)
        {
            return SandboxResponse.Cut;
        }

        if (fault.Refusal is { } refusal)
        {
            var correlationId = request.Header("client-request-id");
            return Respond(request, EncodedAnswer.Of(Answer.WithStatus(refusal.Status, refusal.Body(_world, correlationId))), null);
        }

        if (fault.IsPage)
        {
            return ProxyPage(fault.Status, "Blocked by the proxy");
        }

        if (fault.Status == 429)
        {
            Log.CountThrottled();
        }

        var body = fault.Code is { } code
            ? ErrorBody.Of(new ServiceException(fault.Status, code, "A fault was requested."))
            : ErrorBody.Of(new GatewayException(fault.Status, "A fault was requested."));
        return Respond(request, EncodedAnswer.Of(body), fault.RetryAfter);
    }

    private static SandboxResponse ProxyPage(int status, string title)
    {
        var page = $"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>";
        return new SandboxResponse(status, HtmlType, Encoding.ASCII.GetBytes(page), []);
    }

    private SandboxResponse Damaged(SandboxRequest request, EncodedAnswer answer, FaultKind? damage)
    {
        switch (damage)
        {
            case FaultKind.DropAfter:
                return SandboxResponse.Cut;
            case FaultKind.Html:
                return ProxyPage(502, "502 Bad Gateway");
            case FaultKind.Empty:
                return new SandboxResponse(answer.Status, null, [], Headers(request, answer, null));
            case FaultKind.Truncate:
                return new SandboxResponse(answer.Status, JsonType, answer.Body, Headers(request, answer, null)) { IsTruncated = true };
            default:
                return Respond(request, answer, null);
        }
    }

    private SandboxResponse Respond(SandboxRequest request, EncodedAnswer answer, string? retryAfter)
    {
        var body = request.Method == "HEAD" ? [] : answer.Body;
        return new(answer.Status, body.Length == 0 ? null : answer.IsPage ? HtmlType : JsonType, body, Headers(request, answer, retryAfter));
    }

    private List<KeyValuePair<string, string>> Headers(SandboxRequest request, EncodedAnswer answer, string? retryAfter)
    {
        var number = Interlocked.Increment(ref _answered).ToString(CultureInfo.InvariantCulture);
        var isOfGraph = request.Path.StartsWith(Route.GraphRoot, StringComparison.OrdinalIgnoreCase);
        var headers = isOfGraph ? new List<KeyValuePair<string, string>>
        {
            new("request-id", _world.Ids.Guid("request/" + number)),
            new("client-request-id", request.Header("client-request-id") ?? _world.Ids.Guid("correlation/" + number)),
        }
        : new List<KeyValuePair<string, string>>
        {
            new("MS-RequestId", request.Header("MS-RequestId") ?? _world.Ids.Guid("request/" + number)),
            new("MS-CorrelationId", request.Header("MS-CorrelationId") ?? _world.Ids.Guid("correlation/" + number)),
            new("MS-CV", "sandbox." + number),
            new("MS-ServerId", "sandbox"),
        };
        if (answer.Location != null)
        {
            headers.Add(new("Location", answer.Location));
        }

        if (answer.Header is { } other)
        {
            headers.Add(other);
        }

        retryAfter ??= answer.RetryAfter?.ToString(CultureInfo.InvariantCulture);
        if (retryAfter != null)
        {
            headers.Add(new("Retry-After", retryAfter));
        }

        return headers;
    }
}
