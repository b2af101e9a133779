using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Threading;
using CspMigration.Graph;
using CspMigration.PartnerCenter;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Http;
using CspMigration.PartnerCenter.Observation;
using CspMigration.PartnerCenter.Operations;
using CspMigration.PartnerCenter.Pacing;
using CspMigration.PartnerCenter.Sharing;

namespace CspMigration.Core.Sessions;

/// <summary>A connection to Partner Center: what outlives a single operation.</summary>
public sealed class PartnerSession : IDisposable
{
    private readonly ServiceTransport _transport;
    private readonly IAccessTokenSource _tokens;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly OpenWork _work;

    private PartnerSession(ServiceTransport transport, ServiceTransportOptions settings, IReadOnlyList<IDisposable> owned, CspPartner partner, SkuMap map, ConnectionOptions options, IJournal journal, GraphConnection? graph)
    {
        Graph = graph;
        _transport = transport;
        _tokens = settings.Tokens;
        _owned = owned;
        Retry = settings.Retry;
        Journal = journal;
        Partner = partner;
        Options = options;
        Map = map;
        Offers = new OfferCatalog();
        _work = new OpenWork(Free);
    }

    /// <summary>Who is connected, and where to.</summary>
    public CspPartner Partner { get; }

    /// <summary>The SKU map in use.</summary>
    public SkuMap Map { get; }

    /// <summary>What the session has read so far, for suggestions.</summary>
    public SeenRecords Seen { get; } = new();

    /// <summary>The catalog items the session has read so far, for suggestions.</summary>
    public IEnumerable<SeenOffer> SeenOffers => Offers.Seen;

    /// <summary>Whether <see cref="Dispose"/> has been called.</summary>
    public bool IsClosed => _work.IsClosed;

    internal ConnectionOptions Options { get; }

    /// <summary>Microsoft Graph; null where the sign-in has no user, or Partner Center alone was asked for.</summary>
    internal GraphConnection? Graph { get; }

    /// <summary>Through which service the licenses of each customer are read and moved, as far as that was decided.</summary>
    internal AsyncCache<CustomerId, LicenseApi> LicenseApis { get; } = new();

    /// <summary>Why Microsoft Graph did not answer, before it ever had: a thousand customers must not each wait for it without success. Null while it is not known.</summary>
    internal string? GraphUnreachable { get; set; }

    /// <summary>The customers whose licenses go through Partner Center because Microsoft Graph could not be used, each with the reason.</summary>
    internal ConcurrentDictionary<CustomerId, string> GraphFallbacks { get; } = new();

    internal RetryRules Retry { get; }

    internal IJournal Journal { get; }

    /// <summary>What the catalog said, kept for the session.</summary>
    internal OfferCatalog Offers { get; }

    /// <summary>What the service said of resellers' partner ids, kept for the session.</summary>
    internal ResellerIds Resellers { get; } = new();

    /// <summary>Connects: signs in and reads who the partner is.</summary>
    /// <param name="options">How.</param>
    /// <param name="observer">Hears what is done.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CspMigrationException">The sign-in or the first reading failed.</exception>
    public static async Task<PartnerSession> ConnectAsync(ConnectionOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var endpoint = options.Endpoint ?? Clouds.EndpointOf(options.Environment);
        Clouds.CheckAddress("endpoint", endpoint);

        CheckGraph(options);

        // Before a user enters a code: a name mistyped must not cost a sign-in.
        var map = SkuMap.Load(options.SkuMapPaths);
        var tokens = await TokenSources.CreateAsync(options, observer).ConfigureAwait(false);
        var handler = options.Handler ?? NetworkHandler.Create();
        var own = new RequestPacer(options.Time);
        var settings = new ServiceTransportOptions
        {
            Endpoint = endpoint,
            Handler = handler,
            Tokens = tokens,
            Pacer = own,
            Retry = new RetryRules(options.RetryBudget, options.Random ?? SharedRandom.Next),
            Time = options.Time,
            AttemptTimeout = options.AttemptTimeout,

            // No network lies between: whatever it does is its answer.
            HasAnswered = options.IsSandbox,
        };
        Lease<RequestPacer>? shared = null;
        Lease<IJournal>? journal = null;
        try
        {
            var partner = await ReadPartnerAsync(settings, options, observer, cancellationToken).ConfigureAwait(false);
            shared = options.Handler is null && options.Time == TimeProvider.System ? SharedPacers.Lease(endpoint, partner.PartnerTenantId) : null;
            journal = OpenJournal(partner.JournalPath, partner.PartnerTenantId, options);

            // One that is damaged is told here, where it ends the line, rather than for each record later.
            _ = journal.Item.View;
            observer.Verbose($"Connected to {endpoint} as {partner.Name} ({partner.PartnerTenantId}) by {partner.AuthenticationMode}; the journal is {partner.JournalPath ?? "in memory"}.");
            if (shared is not null)
            {
                own.Dispose();
            }

            var transport = new ServiceTransport(settings with { Pacer = shared?.Item ?? own, HasAnswered = true });
            var graph = ConnectGraph(settings with { HasAnswered = options.IsSandbox }, options);
            IDisposable[] owned = [journal, shared is null ? own : shared, handler];
            return new PartnerSession(transport, settings, graph is null ? owned : [graph, .. owned], partner, map, options, journal.Item, graph);
        }
        catch
        {
            journal?.Dispose();
            shared?.Dispose();
            own.Dispose();
            handler.Dispose();
            (tokens as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs an operation: one command, with its own trace id and observer. Closing the session cancels it, and waits for its end
    /// before anything is freed that it uses.
    /// </summary>
    /// <param name="observer">Hears what is done.</param>
    /// <param name="work">The work, with a token that closing cancels too.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="CspMigrationException"><c>NotConnected</c>: the session is closed, or was closed meanwhile; and whatever the work throws.</exception>
    public async Task RunAsync(IOperationObserver observer, Func<MigrationOperation, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var piece = _work.TryBegin(cancellationToken) ?? throw Closed();
        try
        {
            await work(Create(observer), piece.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsClosed && !cancellationToken.IsCancellationRequested)
        {
            throw PartnerCenterErrors.NotConnected.Exception(
                "The connection was closed while this command was working.",
                remedy: Remedies.ConnectAgain());
        }
    }

    /// <summary>Begins an operation that the caller ends before it closes the session.</summary>
    public MigrationOperation Begin(IOperationObserver observer) => IsClosed ? throw Closed() : Create(observer);

    /// <summary>Whether the sign-in is an application's own; false where the token does not say.</summary>
    internal async Task<bool> IsAppOnlyAsync(IOperationObserver observer, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(refused: null, observer, cancellationToken).ConfigureAwait(false);
        return token.IsAppOnly == true;
    }

    /// <summary>Whether users' licenses can be asked for: not in a cloud without them, nor by an application on its own.</summary>
    internal async Task<bool> CanAskForLicensesAsync(IOperationObserver observer, CancellationToken cancellationToken)
    {
        return (Clouds.HasUserLicenses(Partner.Environment) || Graph is not null) && !await IsAppOnlyAsync(observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection and frees the journal. Commands that work with it end with an error; this does not wait for them.</summary>
    public void Dispose() => _work.Dispose();

    private static CspMigrationException Closed() => PartnerCenterErrors.NotConnected.Exception("This connection is closed.");

    private MigrationOperation Create(IOperationObserver observer)
    {
        var call = new CallContext(Guid.NewGuid(), observer);
        return new MigrationOperation(this, new PartnerCenterClient(_transport, call, Seen), call, observer);
    }

    private void Free()
    {
        _transport.Dispose();
        foreach (var item in _owned)
        {
            item.Dispose();
        }

        (_tokens as IDisposable)?.Dispose();
    }

    // Microsoft Graph acts in the tenants of customers on behalf of a user.
    private static void CheckGraph(ConnectionOptions options)
    {
        if (options.LicenseApi == LicenseApi.Graph && !options.IsSandbox && options.SignIn is null or { Method: SignInMethod.Application })
        {
            throw ErrorCatalog.GraphNotAvailable.Exception("With an access token alone, or as an application without a user, no user can sign in to the tenants of customers.",
                remedy: Remedies.ConnectAsUser());
        }
    }

    private static GraphConnection? ConnectGraph(ServiceTransportOptions settings, ConnectionOptions options)
    {
        return options.LicenseApi != LicenseApi.PartnerCenter && settings.Tokens is ICustomerTokens { ActsForUser: true } tokens
            ? new GraphConnection(
                settings with { Endpoint = options.Endpoint ?? Clouds.GraphOf(options.Environment) },
                tokens,
                Clouds.GraphOf(options.Environment).AbsoluteUri.TrimEnd('/'),
                isShared: options.Handler is null && options.Time == TimeProvider.System)
            : null;
    }

    // With a transport of its own: which pacer the calls of this partner share is known only then.
    private static async Task<CspPartner> ReadPartnerAsync(
        ServiceTransportOptions settings, ConnectionOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        using var transport = new ServiceTransport(settings);
        var client = new PartnerCenterClient(transport, new CallContext(Guid.NewGuid(), observer));
        var tokens = settings.Tokens;
        var token = await tokens.GetAsync(refused: null, observer, cancellationToken).ConfigureAwait(false);
        var named = Guid.TryParse(options.TenantId, out var id) ? id.ToString("D") : null;
        if (token.TenantId is { } own && named is not null && !string.Equals(own, named, StringComparison.OrdinalIgnoreCase))
        {
            throw ErrorCatalog.WrongPartner.Exception($"The sign-in is of tenant {own}, and {named} was specified.", remedy: Remedies.MatchPartner());
        }

        var legal = await client.Profiles.GetLegalBusinessAsync(cancellationToken).ConfigureAwait(false);
        // A domain will do to sign in; records and journal belong to the id.
        var tenantId = token.TenantId ?? named
            ?? (await client.Profiles.GetOrganizationAsync(cancellationToken).ConfigureAwait(false)).TenantId
            ?? throw PartnerCenterErrors.UnexpectedAnswer.Exception("The service did not say which partner this is.", remedy: Remedies.NamePartner());
        return new CspPartner
        {
            PartnerTenantId = tenantId,
            Name = legal.CompanyName,
            Country = legal.Country,
            Environment = options.Environment,
            Endpoint = settings.Endpoint,
            AuthenticationMode = tokens.Mode,
            TokenExpiresOn = token.ExpiresOn,
            JournalPath = options.JournalPath ?? (options.IsSandbox ? null : JournalFiles.DefaultPath(tenantId)),
            IsSandbox = options.IsSandbox,
            LicenseApi = options.LicenseApi,
        };
    }

    private static Lease<IJournal> OpenJournal(string? path, string partnerTenantId, ConnectionOptions options)
    {
        var lease = path is null
            ? new Lease<IJournal>(new MemoryJournal(), () => { })
            : JournalFiles.Lease(path, partnerTenantId, options.Time);
        return options.BeforeJournal is { } before ? new Lease<IJournal>(before(lease.Item), lease.Dispose) : lease;
    }
}
