using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;
using CspMigration.Sandbox;

namespace CspMigration.PowerShell.Commands;

/// <summary>Connects the runspace to Partner Center, or to the embedded sandbox.</summary>
[Cmdlet(VerbsCommunications.Connect, "CspPartner", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(CspPartner))]
public sealed class ConnectCspPartnerCommand : CspCommand
{
    private const string SandboxSet = "Sandbox";
    private const string TokenSet = "AccessToken";
    private const string RefreshTokenSet = "RefreshToken";
    private const string CredentialSet = "Credential";
    private const string CertificateSet = "Certificate";
    private const string ThumbprintSet = "CertificateThumbprint";
    private const string DeviceCodeSet = "DeviceCode";
    private const string InteractiveSet = "Interactive";

    /// <summary>Connects to the embedded sandbox: Partner Center in a box, in this process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SandboxSet)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>What the sandbox contains, with options, such as <c>scale:customers=100,users=50</c>.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScenarioCompleter))]
    public string Scenario { get; set; } = "contoso";

    /// <summary>The address above <c>/v1</c>; the default is the cloud's own. Plain http only on this machine.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Uri? Endpoint { get; set; }

    /// <summary>An access token for Partner Center. It cannot be renewed: a run ends with it.</summary>
    // Not mandatory: PowerShell would ask for one wherever no way to sign in is named.
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SecureString? AccessToken { get; set; }

    /// <summary>The partner's tenant, by id or domain. With an access token the default is the token's, or what the service says.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(Mandatory = true, ParameterSetName = RefreshTokenSet)]
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? TenantId { get; set; }

    /// <summary>The id of the application registered in the partner's tenant; the default is the user name of <see cref="Credential"/>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RefreshTokenSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ApplicationId { get; set; }

    /// <summary>A refresh token of an admin agent: alone for a public application, with a credential or certificate for a confidential one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The application's id and secret. Without a refresh token it signs in as itself, which can neither buy nor move licenses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSCredential? Credential { get; set; }

    /// <summary>The application's certificate, with its private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The thumbprint of the application's certificate in the personal store of the user or the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThumbprintSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? CertificateThumbprint { get; set; }

    /// <summary>Signs in with a code that a user enters on any device. It is shown as a warning.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceCodeSet)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Signs in with the browser of this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InteractiveSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>Asks the user even where this system keeps an earlier sign-in, and forgets that one.</summary>
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Gets every new refresh token, once, as a SecureString, to store it. What the script block writes is dropped.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public ScriptBlock? OnRefreshTokenRotated { get; set; }

    /// <summary>Scheme, host and port to sign in at; the default is the cloud's own. Needed with <see cref="Endpoint"/>. Plain http only on this machine.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Uri? Authority { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Parameter(ParameterSetName = RefreshTokenSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = ThumbprintSet)]
    [Parameter(ParameterSetName = DeviceCodeSet)]
    [Parameter(ParameterSetName = InteractiveSet)]
    public PartnerEnvironment Environment { get; set; }

    /// <summary>The journal's file. The default is one for each partner in the user's state folder; the embedded sandbox journals in memory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string? JournalPath { get; set; }

    /// <summary>SKU maps to use beside the built-in one and your own; a later one wins where two have the same source.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateFile]
    public string[] SkuMapPath { get; set; } = [];

    /// <summary>Through which service users' licenses are read and moved. The default is Microsoft Graph where the sign-in may use it at a customer, else Partner Center.</summary>
    [Parameter]
    public LicenseApi LicenseApi { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PartnerSession? session = null;
        try
        {
            var options = Options();
            session = Run((sink, token) => PartnerSession.ConnectAsync(options, sink, token));
        }
        catch (CspMigrationException e)
        {
            Terminate(e);
        }
        finally
        {
            // A script that goes on must not work for the partner it was connected to before.
            if (session is null)
            {
                ConnectionTable.Remove();
            }
        }

        ConnectionTable.Set(session!);
        WriteResult(session!.Partner);
    }

    private ConnectionOptions Options()
    {
        var options = new ConnectionOptions
        {
            Endpoint = Endpoint,
            Environment = Environment,
            AccessToken = AccessToken,
            SignIn = ParameterSetName is SandboxSet or TokenSet ? null : SignIn(),
            TenantId = TenantId,
            LicenseApi = LicenseApi,
            SkuMapPaths = [.. SkuMapPath.Select(GetUnresolvedProviderPathFromPSPath)],
            JournalPath = JournalPath is null ? null : GetUnresolvedProviderPathFromPSPath(JournalPath),
        };
        if (Sandbox)
        {
            options.IsSandbox = true;
            options.Endpoint = SandboxTenant.BaseAddress;
            options.Handler = OpenSandbox();
        }

        return options;
    }

    private SignInOptions SignIn()
    {
        return new SignInOptions
        {
            Method = DeviceCode ? SignInMethod.DeviceCode
                : Interactive ? SignInMethod.Interactive
                : RefreshToken is not null ? SignInMethod.RefreshToken
                : SignInMethod.Application,
            ApplicationId = Application(),
            RefreshToken = RefreshToken,
            Secret = Credential?.Password,
            Certificate = CertificateThumbprint is null ? Certificate : ClientCertificates.Find(CertificateThumbprint),
            Authority = Authority,
            PromptAgain = Force,

            // A browser needs a desktop, a code not even that; neither needs the standard input, which may be a pipe that stays idle.
            CanAsk = !Prompts.IsNonInteractive(Host) && (DeviceCode || System.Environment.UserInteractive),
            RefreshTokenIssued = OnRefreshTokenRotated is null ? null : new RefreshTokenHandler(OnRefreshTokenRotated).Invoke,
        };
    }

    private string Application()
    {
        var ofCredential = Credential?.UserName;
        return ApplicationId is null || ofCredential is null || string.Equals(ApplicationId, ofCredential, StringComparison.OrdinalIgnoreCase)
            ? ApplicationId ?? ofCredential!
            : throw ErrorCatalog.Create("CredentialRefused", $"-ApplicationId is {ApplicationId}, and the user name of -Credential is {ofCredential}: both are the application's id.");
    }

    private System.Net.Http.HttpMessageHandler OpenSandbox()
    {
        try
        {
            return SandboxTenant.Create(Scenario).CreateHandler();
        }
        catch (ArgumentException e)
        {
            Terminate(ErrorCatalog.Create("UnknownScenario", e.Message), Scenario);
            throw;
        }
    }
}
