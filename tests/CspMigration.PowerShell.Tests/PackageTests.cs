using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using CspMigration.Pwsh;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>The package as "dotnet pack" makes it from the staged module.</summary>
public sealed class PackageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CspMigration-package-");
    private readonly string _manifest = File.ReadAllText(Path.Combine(Places.Module, "CspMigration.psd1"));

    public Task InitializeAsync() => PackAsync(_folder.FullName);

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void It_holds_the_staged_module_says_what_its_manifest_says_and_depends_on_nothing()
    {
        var version = Text("ModuleVersion");
        using var package = ZipFile.OpenRead(Path.Combine(_folder.FullName, $"CspMigration.{version}.nupkg"));
        var nuspec = XDocument.Load(package.GetEntry("CspMigration.nuspec")!.Open());
        var metadata = nuspec.Root!.Elements().Single().Elements().ToLookup(element => element.Name.LocalName, element => element.Value.Trim());

        Assert.Equal(StagedFiles(), package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName)).Where(IsOfModule).Order(StringComparer.Ordinal));
        Assert.Equal("CspMigration", metadata["id"].Single());
        Assert.Equal(version, metadata["version"].Single());
        Assert.Equal(Text("Description"), metadata["description"].Single());
        Assert.Equal(Text("ReleaseNotes"), metadata["releaseNotes"].Single());
        Assert.Equal(Text("ProjectUri"), metadata["projectUrl"].Single());
        Assert.Equal("MIT", metadata["license"].Single());
        string[] cmdletTags = [.. Names("CmdletsToExport").SelectMany(name => new[] { $"PSCmdlet_{name}", $"PSCommand_{name}" })];
        Assert.Equal(["PSModule", "PSIncludes_Cmdlet", .. cmdletTags, .. Names("Tags")], metadata["tags"].Single().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "dependency");
    }

    private static async Task PackAsync(string folder)
    {
        // A build node that is kept for the next build would keep the output open, too.
        string[] arguments = ["pack", Path.Combine(Places.Repository, "src", "CspMigration.PowerShell"), "--no-build", "--nologo", "-nodeReuse:false", "--output", folder];
        using var process = Process.Start(new ProcessStartInfo(DotnetHost.File, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static IEnumerable<string> StagedFiles() => Directory.GetFiles(Places.Module, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Places.Module, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    // The rest is what every package has.
    private static bool IsOfModule(string entry) =>
        entry is not ("CspMigration.nuspec" or "[Content_Types].xml") && !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal);

    private string Text(string name)
    {
        var match = Regex.Match(_manifest, $@"\b{name}\s*=\s*(?<quote>['""])(?<text>.*?)\k<quote>\r?$", RegexOptions.Multiline);
        return match.Success ? match.Groups["text"].Value : throw new InvalidOperationException($"The manifest has no {name}.");
    }

    private IEnumerable<string> Names(string key)
    {
        var list = Regex.Match(_manifest, $@"\b{key}\s*=\s*@\((?<list>[^)]*)\)").Groups["list"].Value;
        return Regex.Matches(list, "'(?<name>[^']+)'").Select(match => match.Groups["name"].Value);
    }
}
