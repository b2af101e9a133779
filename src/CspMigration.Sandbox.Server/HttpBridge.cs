using System;
using System.IO;
using System.Threading.Tasks;
using CspMigration.Sandbox.Http;
using Microsoft.AspNetCore.Http;

namespace CspMigration.Sandbox.Server;

/// <summary>Carries requests from the socket to the tenant and its answers back.</summary>
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
            // The client has gone.
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

        // Head and body leave in one write: some clients stumble over a head that comes alone. A body that stays short of its
        // length makes the server close the connection.
        var length = isBodiless ? 0 : answer.IsTruncated ? answer.Body.Length / 2 : answer.Body.Length;
        if (length > 0)
        {
            _ = await response.BodyWriter.WriteAsync(answer.Body.AsMemory(0, length), context.RequestAborted).ConfigureAwait(false);
        }
    }
}
