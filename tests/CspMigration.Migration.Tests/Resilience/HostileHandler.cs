using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>
/// Changes a share of the service's answers into what no service should send, by seed: wrong types, members missing,
/// doubled or out of range, deep nesting, links and redirects to another host. Notes every host that is asked.
/// </summary>
internal sealed class HostileHandler(HttpMessageHandler inner, int seed, double share) : DelegatingHandler(inner)
{
    public const string Stranger = "stranger.example";

    private readonly Random _random = new(seed);
    private readonly JsonSpoiler _spoiler = new(seed);
    private readonly HashSet<string> _hosts = [];
    private int _changed;

    public int Changed => Volatile.Read(ref _changed);

    public IReadOnlyCollection<string> Hosts
    {
        get
        {
            lock (_random)
            {
                return [.. _hosts];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_random)
        {
            _ = _hosts.Add(request.RequestUri!.Host);
        }

        var response = await base.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
        lock (_random)
        {
            if (_random.NextDouble() >= share || _spoiler.Spoil(text) is not { } spoiled)
            {
                return response;
            }

            _ = Interlocked.Increment(ref _changed);
            if (_random.Next(25) == 0)
            {
                var redirect = new HttpResponseMessage(HttpStatusCode.Redirect);
                redirect.Headers.Location = new Uri($"https://{Stranger}/v1/customers");
                return redirect;
            }

            response.Content = new StringContent(spoiled, Encoding.UTF8, "application/json");
            return response;
        }
    }
}
