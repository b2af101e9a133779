using System;
using System.IO;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A file for the time of one test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csp-migration-test-");

    public TemporaryFile(string name, string? text = null)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        if (text is not null)
        {
            File.WriteAllText(Path, text);
        }
    }

    public string Path { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
