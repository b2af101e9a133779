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

namespace CspMigration.Sandbox.Gateway;

/// <summary>
/// Applies latency, faults and the rate limit to every request except those to the controls, then has it carried out. All
/// waiting happens here, without a lock.
/// </summary>
internal sealed class RequestPipeline
{
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
            answer = _executor.Answer(request, match ?? throw refusal!);
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
        var headers = new List<KeyValuePair<string, string>>
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
