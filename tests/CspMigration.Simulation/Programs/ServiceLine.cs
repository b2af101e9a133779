using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Simulation.Programs;

/// <summary>
/// The line between an operator and the service. Everything that happens between two requests happens here: other people's
/// changes, faults, the end of the process; and after every change the invariants are checked.
/// </summary>
internal sealed class ServiceLine(HttpMessageHandler service, ProgramRun run, Operator owner, CancellationTokenSource death) : DelegatingHandler(service)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SameThreadScheduler.Check();
        death.Token.ThrowIfCancellationRequested();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = new Call(request.Method, request.RequestUri!.AbsolutePath, body);
        var fault = owner.Step is { } step ? await HappenAsync(step, call) : null;
        if (owner.Step is not null && fault == "kill")
        {
            Die();
        }

        if (fault is not null && FaultBefore(fault) is { } refusal)
        {
            run.Answered(owner, call, request, refusal.StatusCode);
            return refusal;
        }

        if (fault == "drop-before")
        {
            throw Cut();
        }

        if (call.IsUpdate && run.IsRefused(call.UserId))
        {
            return Answer(HttpStatusCode.Forbidden, """{"code":0,"description":"Insufficient privileges to complete the operation."}""");
        }

        if (run.World.DropsMarks && (call.IsOrder || call.IsCart || call.IsPatch) && body.Length > 0)
        {
            request.Content = new StringContent(Call.WithoutMarks(body), Encoding.UTF8, "application/json");
        }

        var response = await SendCheckedAsync(request, call, cancellationToken);
        if (fault == "kill-after")
        {
            Die();
        }

        response = await run.Views.ChangeAsync(call, response);
        if (fault is not null)
        {
            response = FaultAfter(fault, response);
        }

        // What came too late was given up: the wait is over by now.
        cancellationToken.ThrowIfCancellationRequested();
        run.Answered(owner, call, request, response.StatusCode, isReadable: fault is not "empty");
        return response;
    }

    private async Task<string?> HappenAsync(StepContext step, Call call)
    {
        step.Requests++;
        owner.Requests++;
        if (step.Requests > ProgramRun.MostRequests)
        {
            run.Endless(step, $"more than {ProgramRun.MostRequests} requests");
            Die();
        }

        string? fault = null;
        await HappenAsync(Anchor.At);
        if (call.IsOrder)
        {
            await HappenAsync(Anchor.Order);
        }
        else if (call.IsUpdate)
        {
            await HappenAsync(Anchor.Update);
        }
        else if (call.IsPatch)
        {
            await HappenAsync(Anchor.Patch);
        }

        return fault;

        async Task HappenAsync(Anchor anchor)
        {
            foreach (var doing in step.Due(anchor))
            {
                step.IsDisturbed = true;
                fault = doing.Verb is "kill" or "kill-after" ? doing.Verb : doing.Verb == "fault" ? doing.Names[0] : fault;
                if (doing.Verb is not ("kill" or "kill-after" or "fault" or "no"))
                {
                    await run.InterludeAsync(doing, promptOf: null);
                }
            }
        }
    }

    private async Task<HttpResponseMessage> SendCheckedAsync(HttpRequestMessage request, Call call, CancellationToken cancellationToken)
    {
        if (owner.Step is not { } step)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (!call.IsWrite)
        {
            return await SendAsync(null);
        }

        step.Writes++;
        await run.Views.BeforeWriteAsync(call.CustomerId!);
        var before = run.Oracle.Before(call.CustomerId!);
        var response = run.Mutant is { } mutant ? await mutant.SendAsync(step, call, SendAsync) : await SendAsync(null);
        await run.Oracle.AfterRequestAsync(step, call, before, response);
        return response;

        async Task<HttpResponseMessage> SendAsync(string? changedBody)
        {
            if (changedBody is null)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            using var changed = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new StringContent(changedBody, Encoding.UTF8, "application/json") };
            changed.Headers.Authorization = request.Headers.Authorization;
            changed.Headers.Add("MS-RequestId", Guid.NewGuid().ToString());
            return await base.SendAsync(changed, cancellationToken);
        }
    }

    private void Die()
    {
        death.Cancel();
        throw new OperationCanceledException("The process has ended.", death.Token);
    }

    private static HttpResponseMessage? FaultBefore(string fault) => fault switch
    {
        "503" => Answer(HttpStatusCode.ServiceUnavailable, """{"code":0,"description":"busy"}"""),
        "429" => Throttled(),
        "409" => Answer(HttpStatusCode.Conflict, """{"code":800060,"description":"An order is in progress."}"""),
        "403" => Answer(HttpStatusCode.Forbidden, """{"code":0,"description":"Forbidden."}"""),
        "401" => Answer(HttpStatusCode.Unauthorized, """{"code":400,"description":"Access denied."}"""),
        _ => null,
    };

    private static HttpResponseMessage FaultAfter(string fault, HttpResponseMessage response) => fault switch
    {
        "drop-after" => throw Cut(),
        "503-after" => Answer(HttpStatusCode.ServiceUnavailable, """{"code":0,"description":"busy"}"""),
        "408-after" => Answer(HttpStatusCode.RequestTimeout, """{"code":0,"description":"The request timed out."}"""),
        "html" => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>502 Bad Gateway</html>", Encoding.UTF8, "text/html") },
        "empty" => new HttpResponseMessage(response.StatusCode) { Content = new ByteArrayContent([]) },
        _ => response,
    };

    private static HttpRequestException Cut() => new("The connection was cut.", new IOException("Connection reset by peer."));

    private static HttpResponseMessage Throttled()
    {
        var response = Answer(HttpStatusCode.TooManyRequests, """{"statusCode":429,"message":"Rate limit is exceeded. Try again in 2 seconds."}""");
        response.Headers.Add("Retry-After", "2");
        return response;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
