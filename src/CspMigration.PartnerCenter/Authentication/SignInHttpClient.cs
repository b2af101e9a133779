using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Http;
using Microsoft.Identity.Client;

namespace CspMigration.PartnerCenter.Authentication;

/// <summary>The HTTP client the sign-in library uses. It talks to no other host than the one to sign in at where that is on this machine.</summary>
internal sealed class SignInHttpClient : IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient _client;

    public SignInHttpClient(SignInAddress address, TimeSpan timeout)
    {
        HttpMessageHandler handler = NetworkHandler.Create();
        if (address.IsLoopback)
        {
            handler = new StayOnThisMachine(address, handler);
        }

        _client = new HttpClient(handler) { Timeout = timeout };
    }

    public HttpClient GetHttpClient() => _client;

    public void Dispose() => _client.Dispose();

    private sealed class StayOnThisMachine : DelegatingHandler
    {
        private readonly SignInAddress _address;

        public StayOnThisMachine(SignInAddress address, HttpMessageHandler inner)
            : base(inner) => _address = address;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri.Authority != _address.Authority.Authority)
            {
                throw new HttpRequestException($"The sign-in on this machine asked for {request.RequestUri.Authority}.");
            }

            request.RequestUri = _address.ToWire(request.RequestUri);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
