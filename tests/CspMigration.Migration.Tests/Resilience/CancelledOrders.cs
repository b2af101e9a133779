using System;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>A service that says of every single order that it was canceled.</summary>
internal sealed class CancelledOrders(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("/orders/", StringComparison.Ordinal))
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            response.Content = new StringContent(text.Replace("\"completed\"", "\"cancelled\"", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        }

        return response;
    }
}
