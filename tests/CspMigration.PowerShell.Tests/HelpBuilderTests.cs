using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Pwsh;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>What is wrong in the help fails the build, with the place and the reason.</summary>
public sealed class HelpBuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("CspMigration-help-").FullName;

    public HelpBuilderTests()
    {
        foreach (var page in Directory.GetFiles(Places.HelpPages, "*.md"))
        {
            File.Copy(page, Path.Combine(_folder, Path.GetFileName(page)));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_pages_as_they_are_give_the_help()
    {
        var (exitCode, output) = await BuildAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal("", output);
        Assert.True(File.Exists(Path.Combine(_folder, "en-US", "CspMigration.dll-Help.xml")));
        Assert.True(File.Exists(Path.Combine(_folder, "en-US", "about_CspMigration.help.txt")));
    }

    [Theory]
    [InlineData("Set-Subscription.md", "### -Quantity", "### -Quantities", "Set-Subscription has no parameter -Quantities.")]
    [InlineData("Set-Subscription.md", "### -Quantity", "### -Quantities", "The parameter -Quantity of Set-Subscription has no text.")]
    [InlineData("Set-Subscription.md", "Specifies the number of seats.", "", "There is no text on -Quantity.")]
    [InlineData("Set-Subscription.md", "### Buy more seats", "#### Buy more seats", "The heading \"Buy more seats\" is out of place")]
    [InlineData("Get-CspPartner.md", "### Show the current connection", "Show the current connection", "Get-CspPartner has 1 examples; 2 are the fewest.")]
    [InlineData("Get-CspPartner.md", "```powershell\nGet", "```sh\nGet", "should be a ```powershell block")]
    [InlineData("Get-CspPartner.md", "### CspPartner", "### Partner", "Outputs of Get-CspPartner should have a ### for each of: CspPartner, LoadedLibrary.")]
    [InlineData("Get-CspPartner.md", "### None", "### String", "Inputs of Get-CspPartner should have a ### for each of: None.")]
    [InlineData("Get-CspPartner.md", "- `Connect-CspPartner`", "- `Connect-Partner`", "A link is [words](address), or")]
    [InlineData("Get-CspPartner.md", "## Errors", "## Notes", "The page's sections should be Synopsis, Description,")]
    [InlineData("Get-CspPartner.md", "# Get-CspPartner", "# Get-Partner", "should be \"Get-CspPartner\", as the file.")]
    [InlineData("Shared.md", "### -Context", "### -Connection", "No cmdlet has a parameter -Connection.")]
    [InlineData("Shared.md", "Specifies the customer, by tenant id", "> Specifies the customer, by tenant id", "Help has no more than headings, paragraphs, lists, code and links.")]
    [InlineData("Shared.md", "Specifies the customer, by tenant id", "Specifies the customer, by <b>tenant</b> id", "Help has no more than headings, paragraphs, lists, code and links.")]
    [InlineData("about_SkuMap.md", "## Short description", "## Summary", "The first section of an about topic is \"Short description\".")]
    [InlineData("about_SkuMap.md", "and how to add products.", "and how to add products of any other kind to what the module knows.", "one line of at most")]
    [InlineData("about_SkuMap.md", "\"name\": \"Office 365 E4\"", "\"name\": \"Office 365 E4, which has long been replaced by other plans of Office 365\"", "at most 75 columns.")]
    [InlineData("Get-CspPartner.md", "Get-CspPartner | Format-List", "Get-CspPartner | Format-List -Property PartnerTenantId, Name, Country, Environment", "at most 75 columns.")]
    public async Task What_is_wrong_is_told_with_its_place(string page, string text, string replacement, string problem)
    {
        var path = Path.Combine(_folder, page);
        var content = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        Assert.Contains(text, content, StringComparison.Ordinal);
        var place = content.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, content.Remove(place, text.Length).Insert(place, replacement));

        var (exitCode, output) = await BuildAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(output.Split('\n'), line => line.StartsWith($"{path}(", StringComparison.Ordinal) && line.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cmdlet_without_a_page_is_told()
    {
        File.Delete(Path.Combine(_folder, "Set-Subscription.md"));

        var (exitCode, output) = await BuildAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("error HELP: The cmdlet Set-Subscription has no help.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_cmdlet_is_told()
    {
        File.Move(Path.Combine(_folder, "Set-Subscription.md"), Path.Combine(_folder, "Set-Seat.md"));

        var (exitCode, output) = await BuildAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("error HELP: There is no cmdlet Set-Seat.", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> BuildAsync()
    {
        var start = new ProcessStartInfo(DotnetHost.File) { RedirectStandardOutput = true };
        string[] arguments =
        [
            "exec", Places.HelpBuilder, _folder, Path.Combine(Places.Module, "CspMigration.dll"), Places.HelpReferences, Path.Combine(_folder, "en-US"),
        ];
        arguments.ToList().ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
