using System;
using System.Net.Http;
using CspMigration.PartnerCenter.Pacing;

namespace CspMigration.PartnerCenter.Http;

/// <summary>What a <see cref="ServiceTransport"/> needs.</summary>
internal sealed record ServiceTransportOptions
{
    /// <summary>The address above <c>/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Carries the calls; its owner disposes of it.</summary>
    public required HttpMessageHandler Handler { get; init; }

    public required IAccessTokenSource Tokens { get; init; }

    public required RequestPacer Pacer { get; init; }

    public required RetryRules Retry { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long one attempt may take, once the service has answered.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Whether the service is known to answer: until it has, there is little patience with it.</summary>
    public bool HasAnswered { get; init; }

    /// <summary>In what the service differs from others.</summary>
    public ServiceDialect Dialect { get; init; } = ServiceDialect.PartnerCenter;
}
