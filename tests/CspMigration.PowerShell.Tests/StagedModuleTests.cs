using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>What the build puts together, read without loading any of it.</summary>
public sealed class StagedModuleTests
{
    private static readonly string[] BesideTheManifest = ["CspMigration.Contracts.dll", "CspMigration.dll"];

    [Fact]
    public void Only_the_cmdlets_and_the_contracts_lie_beside_the_manifest()
    {
        Assert.Equal(BesideTheManifest, DllNames(Places.Module));
    }

    [Fact]
    public void The_libraries_are_all_in_lib_and_nothing_of_PowerShell_is_shipped()
    {
        var library = DllNames(Places.Library);

        Assert.Contains("CspMigration.Core.dll", library);
        Assert.Contains("CspMigration.Graph.dll", library);
        Assert.Contains("CspMigration.PartnerCenter.dll", library);
        Assert.Contains("CspMigration.Sandbox.dll", library);
        Assert.Contains("Newtonsoft.Json.dll", library);
        Assert.DoesNotContain("System.Management.Automation.dll", library);
        Assert.DoesNotContain("CspMigration.dll", library);
        Assert.DoesNotContain("CspMigration.Contracts.dll", library);
    }

    // They are loaded when their language is used: the loader takes what lies in lib/ itself at once.
    [Theory]
    [InlineData("fr")]
    [InlineData("zh-Hant")]
    public void The_texts_of_a_language_lie_in_its_folder_and_have_no_code(string language)
    {
        Assert.Equal(["CspMigration.Core.resources.dll"], DllNames(Path.Combine(Places.Library, language)));
        Assert.Equal(["<Module>"], TypesDefinedIn(Path.Combine(Places.Library, language, "CspMigration.Core.resources.dll")));
        Assert.DoesNotContain(DllNames(Places.Library), file => file.EndsWith(".resources.dll", StringComparison.Ordinal));
    }

    [Fact]
    public void The_folders_of_lib_are_those_of_the_languages_and_of_the_desktop()
    {
        Assert.Equal(["desktop", "fr", "zh-Hant"], Directory.GetDirectories(Places.Library).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_async_interfaces_of_lib_forward_to_the_framework_and_those_of_desktop_bring_the_types()
    {
        const string AsyncEnumerable = "IAsyncEnumerable`1";

        Assert.DoesNotContain(AsyncEnumerable, TypesDefinedIn(Path.Combine(Places.Library, "Microsoft.Bcl.AsyncInterfaces.dll")));
        Assert.Contains(AsyncEnumerable, TypesDefinedIn(Path.Combine(Places.Library, "desktop", "Microsoft.Bcl.AsyncInterfaces.dll")));
    }

    [Fact]
    public void Each_library_finds_what_it_refers_to_beside_it_or_in_the_framework()
    {
        var ours = Directory.GetFiles(Places.Library, "*.dll").Append(Path.Combine(Places.Module, "CspMigration.Contracts.dll")).ToList();
        var framework = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");
        var missing = ours
            .SelectMany(file => References(file).Where(reference => !IsMet(reference, ours) && !IsMet(reference, framework)).Select(reference => $"{Path.GetFileName(file)}: {reference}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void The_files_for_the_desktop_refer_to_nothing_but_its_framework_and_the_libraries()
    {
        string[] framework = ["mscorlib", "netstandard", "System", "System.Core", "System.Security"];
        var files = Directory.GetFiles(Path.Combine(Places.Library, "desktop"), "*.dll");
        var libraries = files.Concat(Directory.GetFiles(Places.Library, "*.dll")).ToList();

        Assert.All(files, file => Assert.All(
            References(file).Where(reference => !framework.Contains(reference.Name)),
            reference => Assert.True(IsMet(reference, libraries), $"{Path.GetFileName(file)}: {reference}")));
    }

    // Their netstandard files throw PlatformNotSupportedException on .NET Framework; without them nothing is kept encrypted there.
    [Theory]
    [InlineData("System.IO.FileSystem.AccessControl.dll")]
    [InlineData("System.Security.AccessControl.dll")]
    [InlineData("System.Security.Cryptography.Cng.dll")]
    [InlineData("System.Security.Cryptography.ProtectedData.dll")]
    [InlineData("System.Security.Principal.Windows.dll")]
    public void What_only_Windows_has_is_there_for_the_desktop(string file)
    {
        var references = References(Path.Combine(Places.Library, "desktop", file)).Select(reference => reference.Name);

        Assert.Contains("mscorlib", references);
    }

    [Fact]
    public void The_cmdlet_assembly_refers_to_nothing_but_the_platform_and_the_project_s_own()
    {
        var references = References(Path.Combine(Places.Module, "CspMigration.dll")).Select(reference => reference.Name!).Order(StringComparer.Ordinal);

        Assert.Equal(
            ["CspMigration.Contracts", "CspMigration.Core", "CspMigration.PartnerCenter", "CspMigration.Sandbox", "System.Management.Automation", "netstandard"],
            references);
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlet_classes()
    {
        var manifest = File.ReadAllText(Path.Combine(Places.Module, "CspMigration.psd1"));
        var list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\((?<list>[^)]*)\)").Groups["list"].Value;
        var exported = Regex.Matches(list, "'(?<name>[^']+)'").Select(match => match.Groups["name"].Value);

        Assert.Equal(CmdletNames().Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_public_types_can_be_listed_where_the_private_libraries_cannot_be_found()
    {
        var context = new WithoutPrivateLibraries();

        var types = context.LoadFromAssemblyPath(Path.Combine(Places.Module, "CspMigration.dll")).GetExportedTypes();

        Assert.Contains(types, type => type.Name == "GetExpiringSubscriptionCommand");
        Assert.DoesNotContain(context.Assemblies, assembly => assembly.GetName().Name == "CspMigration.Core");
    }

    private static List<string> DllNames(string folder) => [.. Directory.GetFiles(folder, "*.dll").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static List<AssemblyName> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private static bool IsMet(AssemblyName reference, IEnumerable<string> files) =>
        files.Any(file => Path.GetFileNameWithoutExtension(file) == reference.Name && AssemblyName.GetAssemblyName(file).Version >= reference.Version);

    private static List<string> TypesDefinedIn(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return [.. reader.TypeDefinitions.Select(handle => reader.GetString(reader.GetTypeDefinition(handle).Name))];
    }

    // [Cmdlet(verb, noun)] on every class that PowerShell can import: those that are public.
    private static List<string> CmdletNames()
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(Places.Module, "CspMigration.dll")));
        var reader = file.GetMetadataReader();
        var names = new List<string>();
        foreach (var attribute in reader.CustomAttributes.Select(handle => reader.GetCustomAttribute(handle)))
        {
            if (attribute.Parent.Kind == HandleKind.TypeDefinition
                && (reader.GetTypeDefinition((TypeDefinitionHandle)attribute.Parent).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
                && attribute.Constructor.Kind == HandleKind.MemberReference
                && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) == "CmdletAttribute")
            {
                var value = reader.GetBlobReader(attribute.Value);
                _ = value.ReadUInt16();
                names.Add($"{value.ReadSerializedString()}-{value.ReadSerializedString()}");
            }
        }

        return names;
    }
}
