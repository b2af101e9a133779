using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Json;
using CspMigration.PartnerCenter.Pacing;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Sends every call to Partner Center: headers, attempts, pauses, and the reading of answers.</summary>
internal sealed class ServiceTransport : IDisposable
{
    private readonly ServiceTransportOptions _options;
    private readonly HttpMessageInvoker _http;
    private volatile bool _hasAnswered;

    public ServiceTransport(ServiceTransportOptions options)
    {
        _options = options;
        _http = new HttpMessageInvoker(options.Handler, disposeHandler: false);
        BaseAddress = new Uri(options.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + options.Dialect.Root);
        _hasAnswered = options.HasAnswered;
    }

    /// <summary>The address with the root of all paths, such as <c>/v1/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Sends one call until it has a definite outcome or its time is over.</summary>
    /// <exception cref="Contracts.CspMigrationException">The service refused, or gave no usable answer in time.</exception>
    public async Task<ServiceReply> SendAsync(ServiceRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(request, call, _options.Time.GetTimestamp());
        while (true)
        {
            var attempt = await AttemptAsync(exchange, cancellationToken).ConfigureAwait(false);
            if (DelayBeforeNext(exchange, attempt) is not { } delay)
            {
                return attempt.Reply ?? throw ServiceFailure.ToException(exchange, attempt);
            }

            if (delay > TimeSpan.Zero)
            {
                await _options.Time.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Looks with growing pauses until something is so.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>RequestTimeout</c>.</exception>
    public async Task PollAsync(string reason, Func<CancellationToken, Task<bool>> isDone, CallContext call, CancellationToken cancellationToken)
    {
        var startedAt = _options.Time.GetTimestamp();
        for (var looks = 1; !await isDone(cancellationToken).ConfigureAwait(false); looks++)
        {
            var pause = _options.Retry.BackOff(looks);
            if (_options.Time.GetElapsedTime(startedAt) + pause > _options.Retry.Budget)
            {
                throw PartnerCenterErrors.RequestTimeout.Exception($"Waited {reason} for {_options.Retry.Budget.TotalMinutes:0} minutes.");
            }

            call.Observer.Waiting(reason, pause);
            await _options.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits before a caller makes a call again.</summary>
    /// <param name="reason">Why, for the observer.</param>
    /// <param name="failures">How many attempts have failed.</param>
    /// <param name="startedAt">When the first was begun.</param>
    /// <param name="call">Whose call it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the time that a call may take is over.</returns>
    public async Task<bool> TryPauseAsync(string reason, int failures, long startedAt, CallContext call, CancellationToken cancellationToken)
    {
        var pause = _options.Retry.BackOff(failures);
        if (_options.Time.GetElapsedTime(startedAt) + pause > _options.Retry.Budget)
        {
            return false;
        }

        call.Observer.Waiting(reason, pause);
        await _options.Time.Delay(pause, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>A moment to measure from.</summary>
    public long Now() => _options.Time.GetTimestamp();

    public void Dispose() => _http.Dispose();

    // Null where this was the last attempt. What it means for the others is told to the pacer, and a wait to the user.
    private TimeSpan? DelayBeforeNext(Exchange exchange, Attempt attempt)
    {
        _hasAnswered |= attempt.IsAnswer;
        exchange.IsFirstContact = !_hasAnswered;
        if (attempt.Outcome == AttemptOutcome.Answered)
        {
            return null;
        }

        exchange.Failures++;
        exchange.MayHaveActed |= attempt.MayHaveActed;
        var next = _options.Retry.DelayBeforeNext(
            exchange.Request.Repeatability,
            attempt,
            exchange.Failures,
            _options.Time.GetElapsedTime(exchange.StartedAt),
            tokenCanBeRenewed: _options.Tokens.CanRenew && !exchange.TokenRenewed && ServiceFailure.RenewalMayHelp(attempt),
            _hasAnswered);
        if (attempt.Outcome == AttemptOutcome.Throttled && attempt.RetryAfter is { } pause && (next is not null || (exchange.Request.Repeatability == Repeatability.AfterReading && pause <= _options.Retry.Budget)))
        {
            _options.Pacer.Pause(exchange.Request.Route.Family, pause);
        }

        if (next is { } delay && delay > TimeSpan.Zero)
        {
            exchange.Call.Observer.Waiting(WaitReason(attempt.Outcome), delay);
        }

        return next;
    }

    private static string WaitReason(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Throttled => "throttled",
        AttemptOutcome.NotSent => "sign-in not available",
        _ => "service not available",
    };

    private async Task<Attempt> AttemptAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var request = exchange.Request;
        var observer = exchange.Call.Observer;
        var pacer = _options.Pacer;
        var turn = await pacer.EnterAsync(request.Route.Family, request.Route.CustomerId, observer, cancellationToken).ConfigureAwait(false);
        var outcome = AttemptOutcome.NotSent;
        try
        {
            var token = await _options.Tokens.GetAsync(exchange.RefusedToken, observer, cancellationToken).ConfigureAwait(false);
            exchange.TokenRenewed = exchange.RefusedToken is not null;
            var startedAt = _options.Time.GetTimestamp();
            outcome = AttemptOutcome.Broken;
            var attempt = await ExchangeOnceAsync(exchange, token, cancellationToken).ConfigureAwait(false);
            outcome = attempt.Outcome;
            if (observer.DebugEnabled)
            {
                var milliseconds = _options.Time.GetElapsedTime(startedAt).TotalMilliseconds;
                var answer = attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? attempt.Reason;
                observer.Debug(FormattableString.Invariant(
                    $"{request.Method} {request.Route} {answer} in {milliseconds:0} ms (request {request.RequestId}, correlation {exchange.Call.CorrelationId})"));
            }

            if (attempt.Outcome == AttemptOutcome.Unauthorized)
            {
                exchange.RefusedToken = token;
            }

            return attempt;
        }
        catch (CspMigrationException e) when (RetryRules.IsTransient(e))
        {
            return Attempt.NotSent(e);
        }
        finally
        {
            pacer.Leave(turn, outcome);
        }
    }

    private async Task<Attempt> ExchangeOnceAsync(Exchange exchange, AccessToken token, CancellationToken cancellationToken)
    {
        // Ends with the time of the attempt, or with the user's patience.
        var limit = _hasAnswered || RetryRules.FirstAnswer > _options.AttemptTimeout ? _options.AttemptTimeout : RetryRules.FirstAnswer;
        using var end = _options.Time.CreateCancellationTokenSource(limit);
        using var givenUp = cancellationToken.Register(static source => ((CancellationTokenSource)source!).Cancel(), end);
        try
        {
            using var message = Compose(exchange, token);
            using var response = await _http.SendAsync(message, end.Token).ConfigureAwait(false);
            return await ReadAsync(response, token, end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or InvalidDataException)
        {
            // However giving up shows itself: the user's comes first, and what neither did is a broken connection.
            cancellationToken.ThrowIfCancellationRequested();
            return end.IsCancellationRequested ? Attempt.Failed(AttemptOutcome.TimedOut, $"no answer within {limit.TotalSeconds:0} s")
                : ConnectionFailure.Of(e, BaseAddress) is { } failure ? Attempt.NotConnected(failure)
                : Attempt.Failed(AttemptOutcome.Broken, e is OperationCanceledException ? "the connection was given up" : Redact((e.InnerException ?? e).Message, token));
        }
    }

    private HttpRequestMessage Compose(Exchange exchange, AccessToken token)
    {
        var request = exchange.Request;
        // Put together as text: resolved against the base, a path that begins like an address would lead to that address.
        var message = new HttpRequestMessage(request.Method, new Uri(BaseAddress.AbsoluteUri + request.Route.Path));

        // .NET Framework would ask for leave to send each body, and wait up to 350 ms for it.
        message.Headers.ExpectContinue = false;
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        Add("Accept", "application/json");
        _options.Dialect.AddHeaders(request, exchange.Call, Add);
        if (request.EntityTag is { } tag)
        {
            AddAnswered("If-Match", tag.EndsWith("\"", StringComparison.Ordinal) ? tag : $"\"{tag}\"");
        }

        foreach (var header in request.PageHeaders)
        {
            AddAnswered(header.Key, header.Value);
        }

        if (request.Body is { } body)
        {
            message.Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json");
        }
        else if (request.Method == HttpMethod.Post)
        {
            message.Content = new StringContent("", Encoding.UTF8, "application/json");
        }

        return message;

        // Entity tags and page tokens come from answers; a line break in one would begin another header.
        void AddAnswered(string name, string value)
        {
            if (value.Any(char.IsControl))
            {
                throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service sent a value for {name} that cannot be part of a request.");
            }

            Add(name, value);
        }

        void Add(string name, string value) => _ = message.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<Attempt> ReadAsync(HttpResponseMessage response, AccessToken token, CancellationToken cancellationToken)
    {
        using var body = await ResponseBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            return Garbled(response, $"an answer of more than {ResponseBody.Largest / (1024 * 1024)} MB");
        }

        if (response.IsSuccessStatusCode)
        {
            return ReadSuccess(response, body);
        }

        using var text = new StreamReader(body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var error = ServiceError.Read(Redact(text.ReadToEnd(), token));
        var status = (int)response.StatusCode;
        var outcome = status switch
        {
            401 => AttemptOutcome.Unauthorized,

            // Given up on this side or that: what the service had got by then, it may carry out.
            408 => AttemptOutcome.TimedOut,
            429 => AttemptOutcome.Throttled,
            >= 500 => AttemptOutcome.ServerError,
            _ => AttemptOutcome.Refused,
        };
        return Attempt.FailedWith(outcome, status, error, RetryAfterHeader.Read(response, _options.Time.GetUtcNow()), CorrelationId(response));
    }

    private Attempt ReadSuccess(HttpResponseMessage response, MemoryStream body)
    {
        var status = (int)response.StatusCode;
        if (body.Length == 0)
        {
            // 202 and 204 say all they mean with the status; any other success carries what was asked for.
            return status is 202 or 204
                ? Attempt.Answered(new ServiceReply(status, body: null))
                : Garbled(response, "an empty answer");
        }

        try
        {
            using var text = new StreamReader(body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
            return Attempt.Answered(new ServiceReply(status, ServiceJson.Parse(text)));
        }
        catch (JsonException)
        {
            return Garbled(response, "an answer that is not JSON");
        }
    }

    private Attempt Garbled(HttpResponseMessage response, string reason)
    {
        return Attempt.Failed(AttemptOutcome.Garbled, reason, (int)response.StatusCode, CorrelationId(response));
    }

    private string? CorrelationId(HttpResponseMessage response)
    {
        return response.Headers.TryGetValues(_options.Dialect.CorrelationHeader, out var values) ? string.Join(",", values) : null;
    }

    private static string Redact(string text, AccessToken token)
    {
        return token.Value.Length == 0 ? text : Regex.Replace(text, string.Concat(token.Value.Select(AnySpelling)), "(access token)", RegexOptions.CultureInvariant);
    }

    // What is neither letter nor digit may come back as JSON or an address spells it.
    private static string AnySpelling(char character)
    {
        var plain = Regex.Escape(character.ToString());
        return char.IsLetterOrDigit(character)
            ? plain
            : FormattableString.Invariant($@"(?:{plain}|\\{plain}|(?i:\\u{(int)character:x4}|%{(int)character:x2}))");
    }
}
