using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>What an argument is without the object that PowerShell wraps it in.</summary>
internal static class ArgumentValue
{
    /// <summary>The argument itself.</summary>
    public static object? Of(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
