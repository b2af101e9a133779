using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Discovery;
using CspMigration.Core.Sessions;
using CspMigration.Migration.Tests.Support;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.TestSupport;

namespace CspMigration.Migration.Tests.SignIn;

/// <summary>A session that signs in at the sandbox server with the real library, over real HTTP.</summary>
internal sealed class SignedInRun : IDisposable
{
    public const string Tenant = "22222222-2222-2222-2222-222222222222";
    private readonly TemporaryFolder _folder = new();
    private PartnerSession? _session;

    private SignedInRun(SandboxServerProcess server)
    {
        Options = new ConnectionOptions
        {
            Endpoint = server.Address,
            TenantId = Tenant,
            JournalPath = _folder.File("journal.jsonl"),
            Random = () => 0,
            SignIn = new SignInOptions
            {
                // After a failure of the service the library holds a public application back for a minute: each run is another one.
                ApplicationId = Guid.NewGuid().ToString(),
                Authority = server.Address,
                RefreshTokenIssued = token => HandedOut.Enqueue(new NetworkCredential("", token).Password),
            },
        };
    }

    public ConnectionOptions Options { get; }

    public SignInOptions SignIn => Options.SignIn!;

    public RecordingObserver Observer { get; } = new();

    /// <summary>The refresh tokens the user's handler got.</summary>
    public ConcurrentQueue<string> HandedOut { get; } = new();

    public PartnerSession Session => _session ?? throw new InvalidOperationException("Not connected.");

    public CspPartner Partner => Session.Partner;

    /// <summary>Not connected yet, on a fresh sandbox.</summary>
    public static async Task<SignedInRun> PrepareAsync(SandboxServerProcess server, string scenario = "contoso")
    {
        await server.ResetAsync(scenario);
        return new SignedInRun(server);
    }

    /// <summary>Connected with a refresh token.</summary>
    public static async Task<SignedInRun> WithRefreshTokenAsync(SandboxServerProcess server, string scenario = "contoso", TimeProvider? time = null)
    {
        var run = await PrepareAsync(server, scenario);
        run.Options.Time = time ?? TimeProvider.System;
        run.SignIn.RefreshToken = Secret("brought along");

        // A confidential application: the library does not hold back after a failure of the service.
        run.SignIn.Secret = Secret("a secret");
        await run.ConnectAsync();
        return run;
    }

    public static SecureString Secret(string text) => new NetworkCredential("", text).SecurePassword;

    public static X509Certificate2 Certificate(int validDays = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=CspMigration test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(validDays));
    }

    public async Task ConnectAsync(CancellationToken cancellationToken = default) =>
        _session = await PartnerSession.ConnectAsync(Options, Observer, cancellationToken);

    /// <summary>What expires: a call that needs a token, whoever it is of.</summary>
    public async Task<List<ExpiringSubscription>> FindAsync()
    {
        var operation = MigrationClient.Begin(Session, Observer);
        var rows = new List<ExpiringSubscription>();
        var errors = new List<CspMigrationException>();
        await operation.Discovery.FindAsync(new DiscoveryQuery { Before = operation.Discovery.EndOfWindow(90) }, Results.AllInto(rows), errors.Add, CancellationToken.None);
        return errors.Count == 0 ? rows : throw errors[0];
    }

    public void Dispose()
    {
        _session?.Dispose();
        _folder.Dispose();
    }
}
