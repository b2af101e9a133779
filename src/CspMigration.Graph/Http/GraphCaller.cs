using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph.Http;

/// <summary>Sends calls about one customer's tenant on behalf of one operation, and reads lists to their end.</summary>
internal sealed class GraphCaller
{
    private readonly ServiceTransport _transport;
    private readonly CallContext _call;

    public GraphCaller(ServiceTransport transport, CallContext call, CustomerId customerId)
    {
        _transport = transport;
        _call = call;
        CustomerId = customerId;
    }

    public CustomerId CustomerId { get; }

    public CallContext Call => _call;

    /// <summary>A path below <c>/v1.0</c>, with every id checked and escaped.</summary>
    public static ServiceRoute Route(FormattableString path) => ServiceRoute.Of(path, GraphDialect.Instance.Root);

    /// <exception cref="CspMigrationException">Refused, or not answered; it names the customer.</exception>
    public async Task<ServiceReply> SendAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(request, _call, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e)
        {
            throw e.About(CustomerId.ToString(), subscriptionId: null);
        }
    }

    /// <summary>A list, page by page. Its links are followed as they are, below the same address and nowhere else.</summary>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        ServiceRoute route,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        string resource,
        Func<ResourceReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = route; next is not null;)
        {
            var reply = await SendAsync(ServiceRequest.GetPage(next, headers), cancellationToken).ConfigureAwait(false);
            var page = reply.Body as JObject;
            if (page is null || ServiceJson.Find(page, "value") is not JArray items)
            {
                throw PartnerCenterErrors.UnexpectedAnswer.Exception($"Microsoft Graph sent no list where a list of {resource} was expected.", CustomerId);
            }

            yield return items.OfType<JObject>().Select(item => read(new ResourceReader(item, resource))).ToList();

            next = new ResourceReader(page, "a page").Text("@odata.nextLink") is { } link ? Follow(link) : null;
            if (next is not null && !seen.Add(next.Path))
            {
                throw PartnerCenterErrors.UnexpectedAnswer.Exception($"Microsoft Graph's pages of {resource} lead in a circle.", CustomerId);
            }
        }
    }

    private ServiceRoute Follow(string link)
    {
        var root = _transport.BaseAddress;
        if (!Uri.TryCreate(link, UriKind.Absolute, out var target))
        {
            throw PartnerCenterErrors.UnexpectedAnswer.Exception("Microsoft Graph's link to the next page is no address.", CustomerId);
        }

        return target.Scheme == root.Scheme && target.Authority == root.Authority && target.UserInfo.Length == 0 && target.AbsolutePath.StartsWith(root.AbsolutePath, StringComparison.OrdinalIgnoreCase)
            ? ServiceRoute.OfLink(target.PathAndQuery.Substring(root.AbsolutePath.Length), GraphDialect.Instance.Root)
            : throw PartnerCenterErrors.UnexpectedAnswer.Exception($"Microsoft Graph's link to the next page leads elsewhere, to {target.Authority}; it was not followed.", CustomerId);
    }
}
