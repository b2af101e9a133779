using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.PartnerCenter;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Pacing;

namespace CspMigration.TestSupport;

/// <summary>A client of Partner Center over any handler, on a virtual clock and without chance.</summary>
internal sealed class ScriptedService : IDisposable
{
    private readonly Lazy<ServiceTransport> _transport;

    public ScriptedService(VirtualTime clock, HttpMessageHandler handler)
    {
        Clock = clock;
        Pacer = new RequestPacer(clock);
        _transport = new Lazy<ServiceTransport>(() => new ServiceTransport(new ServiceTransportOptions
        {
            Endpoint = Endpoint,
            Handler = handler,
            Tokens = Tokens,
            Pacer = Pacer,
            Retry = new RetryRules(Budget, () => Chance),
            Time = clock,
            AttemptTimeout = AttemptTimeout,
            HasAnswered = HasAnswered,
        }));
        Call = new CallContext(Guid.NewGuid(), Observer);
    }

    public VirtualTime Clock { get; }

    public RequestPacer Pacer { get; }

    public RecordingObserver Observer { get; } = new();

    public CallContext Call { get; }

    public Uri Endpoint { get; init; } = new("https://partner.example/");

    public IAccessTokenSource Tokens { get; init; } = new SandboxTokenSource(new ServiceOptions());

    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Whether the service has answered before: what a test says of repetitions is of a service that has.</summary>
    public bool HasAnswered { get; init; } = true;

    /// <summary>The number from 0 to 1 that every drawing gives: 1 leaves a back-off its full length.</summary>
    public double Chance { get; init; } = 1;

    public ServiceTransport Transport => _transport.Value;

    public PartnerCenterClient Client => new(Transport, Call);

    public ServiceCaller Caller => new(Transport, Call);

    public Task<ServiceReply> SendAsync(ServiceRequest request, CancellationToken cancellationToken = default)
    {
        return Transport.SendAsync(request, Call, cancellationToken);
    }

    public void Dispose()
    {
        if (_transport.IsValueCreated)
        {
            _transport.Value.Dispose();
        }

        Pacer.Dispose();
    }
}
