using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Security;
using CspMigration.Core.Errors;

namespace CspMigration.PowerShell.Connections;

/// <summary>The user's script block that stores a rotated refresh token.</summary>
internal sealed class RefreshTokenHandler
{
    private readonly ScriptBlock _script;
    private readonly Runspace _home = Runspace.DefaultRunspace;

    public RefreshTokenHandler(ScriptBlock script) => _script = script;

    /// <summary>Runs it. What it writes is dropped: the running command's output is something else.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>RefreshTokenNotStored</c>: it failed.</exception>
    public void Invoke(SecureString token)
    {
        // A script block of another runspace would be run there, and wait for what that one is doing.
        var script = Runspace.DefaultRunspace == _home ? _script : ScriptBlock.Create(_script.ToString());
        var text = new NetworkCredential("", token).Password;
        try
        {
            _ = script.Invoke(token);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw ErrorCatalog.Create("RefreshTokenNotStored", $"The new refresh token could not be stored: {e.Message.Replace(text, "(secret)")}");
        }
    }
}
