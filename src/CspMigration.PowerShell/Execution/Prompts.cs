using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using CspMigration.PowerShell.Views;

namespace CspMigration.PowerShell.Execution;

/// <summary>Whether there is a user to ask.</summary>
internal static class Prompts
{
    /// <summary>Whether a question would be seen and could be answered.</summary>
    public static bool CanAsk(PSHost host)
    {
        return host.UI is not null
            && Environment.UserInteractive
            && !IsNonInteractive(host)
            && !(IsConsole(host) && Console.IsInputRedirected && Console.In.Peek() < 0);
    }

    /// <summary>Whether someone is likely to look at the screen: not at the output of a pipeline agent, a runbook or a scheduled task.</summary>
    /// <remarks>It does not look into the standard input, which may be a pipe that stays idle.</remarks>
    public static bool IsAttended(PSHost host)
    {
        return Environment.UserInteractive && !IsNonInteractive(host) && !(IsConsole(host) && Console.IsInputRedirected) && Screen.Has(host);
    }

    /// <summary>Whether the session was started with -NonInteractive.</summary>
    public static bool IsNonInteractive(PSHost host)
    {
        return IsConsole(host) && Environment.GetCommandLineArgs().Any(argument =>
            argument.Length > 4 && "-NonInteractive".StartsWith(argument.Replace("/", "-"), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether this is how a host says that it cannot ask; the console at the end of its input with a null reference.</summary>
    public static bool IsFailure(Exception e)
    {
        return e is PSInvalidOperationException or HostException or NotImplementedException or NullReferenceException;
    }

    private static bool IsConsole(PSHost host) => host.Name == "ConsoleHost";
}
