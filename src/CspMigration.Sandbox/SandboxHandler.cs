using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox;

/// <summary>Lets an HttpClient talk to a tenant in the same process.</summary>
internal sealed class SandboxHandler : HttpMessageHandler
{
    private readonly SandboxTenant _tenant;

    public SandboxHandler(SandboxTenant tenant)
    {
        _tenant = tenant;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var body = request.Content == null ? [] : await request.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        var answer = await _tenant.AnswerAsync(
            new SandboxRequest(
                request.Method.Method.ToUpperInvariant(),
                uri.GetLeftPart(UriPartial.Authority),
                uri.AbsolutePath,
                uri.Query,
                name => Header(request, name),
                body),
            cancellationToken).ConfigureAwait(false);
        return answer.IsCut
            ? throw new HttpRequestException("An error occurred while sending the request.", new IOException("The connection was closed."))
            : Message(request, answer);
    }

    private static HttpResponseMessage Message(HttpRequestMessage request, SandboxResponse answer)
    {
        var content = answer.IsTruncated ? new TruncatedContent(answer.Body) : (HttpContent)new ByteArrayContent(answer.Body);
        if (answer.ContentType != null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        }

        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = content };
        foreach (var header in answer.Headers)
        {
            _ = message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return message;
    }

    private static string? Header(HttpRequestMessage request, string name)
    {
        if (request.Headers.TryGetValues(name, out var values))
        {
            return Join(values);
        }

        return request.Content != null && request.Content.Headers.TryGetValues(name, out values) ? Join(values) : null;
    }

    private static string Join(IEnumerable<string> values) => string.Join(", ", values.ToArray());
}
