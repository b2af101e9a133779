using System;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Refuses a path that is none of a file, such as <c>Env:\report.csv</c>: PowerShell would take what stands behind the drive for a file's name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateFileAttribute : ValidateArgumentsAttribute
{
    private const string FileSystem = "FileSystem";

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        foreach (var path in LanguagePrimitives.ConvertTo<string[]>(arguments))
        {
            if (ProviderOf(path, engineIntrinsics.SessionState) is { } provider && provider != FileSystem)
            {
                throw new ValidationMetadataException($"{path} is not a file: it belongs to PowerShell's provider {provider}. Specify the path of a file.");
            }
        }
    }

    // A drive that does not exist is named by the command itself, with an error of its own.
    private static string? ProviderOf(string path, SessionState session)
    {
        try
        {
            _ = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name;
        }
        catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException or ItemNotFoundException)
        {
            return null;
        }
    }
}
