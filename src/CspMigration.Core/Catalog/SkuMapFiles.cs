using System;
using System.IO;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Catalog;

/// <summary>Where SKU maps of the user's own are kept.</summary>
internal static class SkuMapFiles
{
    private const string FileName = "SkuMap.json";

    /// <summary>The user's own map, which every session loads where it is there.</summary>
    public static string DefaultPath
    {
        get
        {
            var configuration = Path.DirectorySeparatorChar == '\\'
                ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
                : Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configured
                    ? configured
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
            return Path.Combine(configuration, "CspMigration", FileName);
        }
    }

    /// <summary>Reads a map.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>MapInvalid</c>.</exception>
    public static SkuMap Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return SkuMapReader.Read(text, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorCatalog.MapInvalid.Exception($"The SKU map {path} cannot be read: {e.Message}", remedy: Remedies.CheckPath(), inner: e);
        }
    }
}
