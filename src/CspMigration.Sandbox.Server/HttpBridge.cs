using System;
using System.IO;
using System.Threading.Tasks;
using CspMigration.Sandbox.Http;
using Microsoft.AspNetCore.Http;

namespace CspMigration.Sandbox.Server;

/// <summary>Passes requests from the socket to the tenant and writes the responses.</summary>
internal sealed class HttpBridge
{
    private readonly SandboxTenant _tenant;

    public HttpBridge(SandboxTenant tenant)
    {
        _tenant = tenant;
    }

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var request = context.Request;
            var answer = await _tenant.AnswerAsync(
                new SandboxRequest(
                    request.Method.ToUpperInvariant(),
                    $"{request.Scheme}://{request.Host.Value}",
                    request.Path.ToUriComponent(),
                    request.QueryString.Value ?? "",
                    name => request.Headers[name],
                    await BodyAsync(context).ConfigureAwait(false)),
                context.RequestAborted).ConfigureAwait(false);
            await RespondAsync(context, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength == 0)
        {
            return [];
        }

        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    private static async Task RespondAsync(HttpContext context, SandboxResponse answer)
    {
        if (answer.IsCut)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var header in answer.Headers)
        {
            response.Headers[header.Key] = header.Value;
        }

        var isBodiless = answer.Status == StatusCodes.Status204NoContent;
        if (!isBodiless)
        {
            response.ContentLength = answer.Body.Length;
        }

        // Head and body go out in one write: some clients fail on a head that arrives alone. A body shorter than its declared
        // length makes the server close the connection.
        var length = isBodiless ? 0 : answer.IsTruncated ? answer.Body.Length / 2 : answer.Body.Length;
        if (length > 0)
        {
            _ = await response.BodyWriter.WriteAsync(answer.Body.AsMemory(0, length), context.RequestAborted).ConfigureAwait(false);
        }
    }
}
