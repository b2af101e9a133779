using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>Spoils a share of all answers, by seed: some before the service has acted, some after.</summary>
internal sealed class StormHandler(HttpMessageHandler inner, int seed, double share, TimeProvider time) : DelegatingHandler(inner)
{
    private readonly Random _random = new(seed);
    private int _spoiled;

    /// <summary>How many answers were spoiled.</summary>
    public int Spoiled => Volatile.Read(ref _spoiled);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (isSpoiled, kind, acts) = Draw();
        if (!isSpoiled)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        _ = Interlocked.Increment(ref _spoiled);
        if (kind == 0)
        {
            return Answer(HttpStatusCode.TooManyRequests, "application/json", """{"statusCode":429,"message":"Rate limit is exceeded. Try again in 2 seconds."}""", retryAfter: 2);
        }

        HttpResponseMessage? real = acts ? await base.SendAsync(request, CancellationToken.None) : null;
        switch (kind)
        {
            case 1:
                return Answer(HttpStatusCode.ServiceUnavailable, "application/json", """{"code":0,"description":"busy"}""");
            case 2:
                return Answer(HttpStatusCode.BadGateway, "text/html", "<html><body>502 Bad Gateway</body></html>");
            case 3:
                return Answer(HttpStatusCode.OK, "text/html", "<html><body>Sign in</body></html>");
            case 4:
                return Answer(HttpStatusCode.OK, "application/json", "");
            case 5 when real is not null:
                var whole = await real.Content.ReadAsStringAsync(CancellationToken.None);
                return Answer(real.StatusCode, "application/json", whole[..(whole.Length / 2)]);
            case 6:
                // Longer than an attempt may take: the client has given up by then.
                await Task.Delay(TimeSpan.FromSeconds(150), time, cancellationToken);
                return Answer(HttpStatusCode.GatewayTimeout, "text/plain", "late");
            default:
                throw new HttpRequestException("The connection was cut.", new IOException("Connection reset by peer."));
        }
    }

    private (bool IsSpoiled, int Kind, bool Acts) Draw()
    {
        lock (_random)
        {
            return (_random.NextDouble() < share, _random.Next(8), _random.Next(2) == 0);
        }
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, string body, int? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (retryAfter is { } seconds)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return response;
    }
}
