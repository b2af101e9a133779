using System;
using System.Management.Automation;

namespace CspMigration.PowerShell.Arguments;

/// <summary>Refuses a path that is none of a file, such as <c>Env:\report.csv</c>: PowerShell would take what stands behind the drive for a file's name.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class ValidateFileAttribute : ValidateEnumeratedArgumentsAttribute
{
    private const string FileSystem = "FileSystem";

    private SessionState? _session;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        _session = engineIntrinsics.SessionState;
        try
        {
            base.Validate(arguments, engineIntrinsics);
        }
        finally
        {
            _session = null;
        }
    }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        var path = LanguagePrimitives.ConvertTo<string>(element);
        ProviderInfo provider;
        try
        {
            _ = _session!.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException or ItemNotFoundException)
        {
            // The command names it with the error of its own.
            return;
        }

        if (provider.Name != FileSystem)
        {
            throw new ValidationMetadataException($"{path} is not a file: it belongs to PowerShell's provider {provider.Name}. Give the path of a file.");
        }
    }
}
