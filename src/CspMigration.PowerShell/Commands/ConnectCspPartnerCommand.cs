using System;
using System.Linq;
using System.Management.Automation;
using System.Security;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Connections;
using CspMigration.Sandbox;

namespace CspMigration.PowerShell.Commands;

/// <summary>Connects the runspace to Partner Center, or to the embedded sandbox.</summary>
[Cmdlet(VerbsCommunications.Connect, "CspPartner", DefaultParameterSetName = TokenSet)]
[OutputType(typeof(CspPartner))]
public sealed class ConnectCspPartnerCommand : CspCommand
{
    private const string SandboxSet = "Sandbox";
    private const string TokenSet = "AccessToken";

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
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>An access token for Partner Center.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>The partner's tenant id; the default is the token's, or what the service says.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The cloud.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    public PartnerEnvironment Environment { get; set; }

    /// <summary>The journal's file. The default is one for each partner in the user's state folder; the embedded sandbox journals in memory.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>SKU maps to use beside the built-in one and your own; a later one wins where two have the same source.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] SkuMapPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = new ConnectionOptions
        {
            Endpoint = Endpoint,
            Environment = Environment,
            AccessToken = AccessToken,
            TenantId = TenantId,
            SkuMapPaths = [.. SkuMapPath.Select(GetUnresolvedProviderPathFromPSPath)],
            JournalPath = JournalPath is null ? null : GetUnresolvedProviderPathFromPSPath(JournalPath),
        };
        if (Sandbox)
        {
            options.IsSandbox = true;
            options.Endpoint = SandboxTenant.BaseAddress;
            options.Handler = OpenSandbox();
        }

        PartnerSession? session = null;
        try
        {
            Run(async (sink, token) => session = await PartnerSession.ConnectAsync(options, sink, token).ConfigureAwait(false));
        }
        catch (CspMigrationException e)
        {
            Terminate(e);
        }

        ConnectionTable.Set(session!);
        WriteObject(session!.Partner);
    }

    private System.Net.Http.HttpMessageHandler OpenSandbox()
    {
        try
        {
            return SandboxTenant.Create(Scenario).CreateHandler();
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "UnknownScenario", ErrorCategory.InvalidArgument, Scenario));
            throw;
        }
    }
}
