using System.IO;
using CspMigration.TestSupport.Architecture;
using Xunit;

namespace CspMigration.PowerShell.Tests;

/// <summary>Which part of the cmdlets, and of the builder of their help, may use which other, read from what was compiled.</summary>
public class LayoutTests
{
    // From the bottom to the top.
    private const string Cmdlets = """
        Wording ->
        Loading -> Wording
        Errors ->
        Parameters -> Wording
        Plans ->
        Views ->
        Connections ->
        Completion -> Connections, Wording
        Execution -> Completion, Connections, Errors, Parameters, Views, Wording
        Commands -> Completion, Connections, Errors, Execution, Loading, Parameters, Plans, Wording
        """;

    // From the bottom to the top.
    private const string HelpBuilder = """
        Cmdlets ->
        Markdown -> Cmdlets
        Output -> Cmdlets, Markdown
        (root) -> Cmdlets, Markdown, Output
        """;

    private static string CmdletAssembly => Path.Combine(Places.Module, "CspMigration.dll");

    [Fact]
    public void The_namespaces_of_the_cmdlets_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(NamespaceGraph.Of(CmdletAssembly, "CspMigration.PowerShell"), Cmdlets));

    [Fact]
    public void The_namespaces_of_the_help_builder_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(NamespaceGraph.Of(Places.HelpBuilder, "CspMigration.HelpBuilder"), HelpBuilder));

    [Fact]
    public void The_cmdlets_know_the_libraries_and_the_sandbox_and_the_help_builder_knows_none_of_them()
    {
        Assert.Equal(
            ["CspMigration.Contracts", "CspMigration.Core", "CspMigration.PartnerCenter", "CspMigration.Sandbox"],
            ProjectReferences.Of(CmdletAssembly));
        Assert.Empty(ProjectReferences.Of(Places.HelpBuilder));
    }
}
