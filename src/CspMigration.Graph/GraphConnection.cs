using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Graph.Batches;
using CspMigration.Graph.Http;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;
using CspMigration.PartnerCenter.Pacing;
using CspMigration.PartnerCenter.Sharing;

namespace CspMigration.Graph;

/// <summary>Microsoft Graph for one connection: tokens, pace and transport of each customer's tenant.</summary>
internal sealed class GraphConnection : IDisposable
{
    private readonly ServiceTransportOptions _settings;
    private readonly ICustomerTokens _tokens;
    private readonly string _resource;
    private readonly bool _isShared;
    private readonly ConcurrentDictionary<CustomerId, Lazy<Tenant>> _tenants = new();

    /// <param name="settings">Those of the connection to Partner Center, for another address.</param>
    /// <param name="tokens">The tokens of customers' tenants.</param>
    /// <param name="resource">What tokens are asked for.</param>
    /// <param name="isShared">Whether connections of this process share a tenant's pace.</param>
    public GraphConnection(ServiceTransportOptions settings, ICustomerTokens tokens, string resource, bool isShared)
    {
        _settings = settings;
        _tokens = tokens;
        _resource = resource;
        _isShared = isShared;
    }

    /// <summary>The scopes that were granted in a customer's tenant.</summary>
    /// <exception cref="Contracts.CspMigrationException">No token was issued, and why.</exception>
    public async Task<IReadOnlyList<string>> FindScopesAsync(CustomerId customerId, IOperationObserver observer, CancellationToken cancellationToken)
    {
        return (await Of(customerId).Tokens.GetAsync(refused: null, observer, cancellationToken).ConfigureAwait(false)).Scopes;
    }

    /// <summary>The calls about one customer's tenant.</summary>
    public GraphClient For(CustomerId customerId, CallContext call)
    {
        var tenant = Of(customerId);
        var caller = new GraphCaller(tenant.Transport, call, customerId);
        return new GraphClient(caller, new BatchSender(caller, tenant.Writes, _settings.Retry, _settings.Time));
    }

    public void Dispose()
    {
        foreach (var tenant in _tenants.Values)
        {
            if (tenant.IsValueCreated)
            {
                tenant.Value.Dispose();
            }
        }
    }

    private Tenant Of(CustomerId customerId)
    {
        return _tenants.GetOrAdd(customerId, id => new Lazy<Tenant>(() => new Tenant(this, id, _tokens.ForCustomer(id.ToString(), _resource)))).Value;
    }

    private sealed class Tenant : IDisposable
    {
        // So many batches of 20 are less than half of the writes that a tenant takes in 150 seconds.
        private const int Places = 64;

        private readonly Lease<RequestPacer> _pacer;

        public Tenant(GraphConnection connection, CustomerId customerId, IAccessTokenSource tokens)
        {
            var settings = connection._settings;
            _pacer = connection._isShared ? SharedPacers.Lease(settings.Endpoint, customerId.ToString(), Places) : Own(settings.Time);
            Tokens = tokens;
            Writes = new WritePace(settings.Time);
            Transport = new ServiceTransport(settings with { Tokens = tokens, Pacer = _pacer.Item, Dialect = GraphDialect.Instance });
        }

        public IAccessTokenSource Tokens { get; }

        public WritePace Writes { get; }

        public ServiceTransport Transport { get; }

        public void Dispose()
        {
            Transport.Dispose();
            _pacer.Dispose();
        }

        private static Lease<RequestPacer> Own(TimeProvider time)
        {
            var pacer = new RequestPacer(time, Places);
            return new Lease<RequestPacer>(pacer, pacer.Dispose);
        }
    }
}
