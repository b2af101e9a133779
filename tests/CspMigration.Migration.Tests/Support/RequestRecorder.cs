using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Notes every request on its way to the sandbox, and may rewrite the answers.</summary>
internal sealed class RequestRecorder : DelegatingHandler
{
    private readonly List<(string Method, string Path, string Body)> _requests = [];
    private readonly List<string> _queries = [];
    private readonly Func<string, string, string>? _rewrite;

    /// <param name="inner">The sandbox.</param>
    /// <param name="rewrite">Given path and text of an answer, the text to pass on; null to pass all on as they are.</param>
    public RequestRecorder(HttpMessageHandler inner, Func<string, string, string>? rewrite = null)
        : base(inner)
    {
        _rewrite = rewrite;
    }

    public IReadOnlyList<(string Method, string Path, string Body)> All
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Paths with their queries.</summary>
    public IReadOnlyList<string> Queries
    {
        get
        {
            lock (_requests)
            {
                return [.. _queries];
            }
        }
    }

    /// <summary>What changes something at the service.</summary>
    public IEnumerable<(string Method, string Path, string Body)> Writes =>
        All.Where(request => request.Method != "GET" && !request.Path.Contains("/validat", StringComparison.Ordinal));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        lock (_requests)
        {
            _requests.Add((request.Method.Method, path, body));
            _queries.Add(request.RequestUri.PathAndQuery);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (_rewrite is not null && response.Content is not null)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var mediaType = response.Content.Headers.ContentType?.MediaType;
            response.Content = mediaType is null ? new StringContent("") : new StringContent(_rewrite(path, text), null, mediaType);
        }

        return response;
    }
}
