using System.Reflection;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport.Architecture;
using Xunit;

namespace CspMigration.Sandbox.Tests;

/// <summary>Which part of the sandbox may use which other, read from what was compiled.</summary>
public class LayoutTests
{
    // From the bottom to the top. Only the root knows the scenarios, and nothing knows the root.
    private const string Services = """
        Spelling ->
        Catalog -> Spelling
        State -> Catalog, Spelling
        Errors -> Catalog, State
        Http -> Errors, Spelling
        Wire -> Catalog, Errors, Http, Spelling, State
        Routing -> Errors, Http, Spelling, State
        SignIn -> Http, Routing, Spelling, State, Wire
        Faults -> SignIn, Spelling
        Operations.Requests -> Catalog, Errors, Http, Routing, Spelling, State, Wire
        Operations.Purchasing -> Catalog, Errors, Operations.Requests, Routing, Spelling, State
        Operations.Carts -> Catalog, Errors, Http, Operations.Purchasing, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Customers -> Catalog, Errors, Http, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Migrations -> Catalog, Errors, Http, Operations.Purchasing, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Offers -> Catalog, Errors, Http, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Orders -> Catalog, Errors, Http, Operations.Purchasing, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Partner -> Errors, Http, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Transitions -> Catalog, Errors, Http, Operations.Purchasing, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Subscriptions -> Catalog, Errors, Http, Operations.Offers, Operations.Purchasing, Operations.Requests, Operations.Transitions, Routing, Spelling, State, Wire
        Operations.Graph -> Catalog, Errors, Http, Operations.Requests, Routing, Spelling, State, Wire
        Operations.Users -> Catalog, Errors, Http, Operations.Requests, Routing, Spelling, State, Wire
        Operations -> Operations.Carts, Operations.Customers, Operations.Graph, Operations.Migrations, Operations.Offers, Operations.Orders, Operations.Partner, Operations.Subscriptions, Operations.Transitions, Operations.Users, Routing, SignIn
        Gateway -> Errors, Faults, Http, Operations, Routing, SignIn, State, Wire
        Scenarios.Building -> Catalog, Spelling, State
        Scenarios.EdgeCases -> Catalog, Scenarios.Building, State
        Scenarios -> Catalog, Scenarios.Building, Scenarios.EdgeCases, Spelling, State
        (root) -> Catalog, Faults, Gateway, Http, Operations, Routing, Scenarios, Scenarios.Building, Spelling, State, Wire
        """;

    [Fact]
    public void Namespaces_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(typeof(SandboxTenant).Assembly, Services));

    [Fact]
    public void The_services_know_neither_the_module_nor_what_observes_them() =>
        Assert.Empty(ProjectReferences.Of(typeof(SandboxTenant).Assembly));

    [Fact]
    public void What_observes_them_knows_the_services_alone() =>
        Assert.Equal(["CspMigration.Sandbox"], ProjectReferences.Of(typeof(ObservedSandbox).Assembly));

    [Fact]
    public void The_server_knows_the_services_and_what_observes_them() => Assert.Equal(
        ["CspMigration.Sandbox", "CspMigration.Sandbox.Oracle"],
        ProjectReferences.Of(Assembly.Load("CspMigration.Sandbox.Server")));
}
