using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Support;

/// <summary>Keeps the request ids of the POSTs to one kind of address, in order.</summary>
internal sealed class RequestIdWatch(HttpMessageHandler inner, string pathEnd) : DelegatingHandler(inner)
{
    private readonly List<Guid?> _requestIds = [];

    public IReadOnlyList<Guid?> RequestIds
    {
        get
        {
            lock (_requestIds)
            {
                return [.. _requestIds];
            }
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith(pathEnd, StringComparison.OrdinalIgnoreCase))
        {
            lock (_requestIds)
            {
                _requestIds.Add(Guid.Parse(request.Headers.GetValues("MS-RequestId").Single()));
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}
