using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Graph;
using CspMigration.PartnerCenter;
using CspMigration.TestSupport.Architecture;
using Xunit;

namespace CspMigration.Core.Tests;

/// <summary>Which part of the libraries may use which other, read from what was compiled.</summary>
public class LayoutTests
{
    // From the bottom to the top.
    private const string Service = """
        Files ->
        Ids ->
        Observation ->
        Sharing ->
        Errors -> Ids
        Json -> Errors, Ids
        Resources -> Ids, Json
        Pacing -> Observation, Sharing
        Http -> Errors, Ids, Json, Observation, Pacing
        Authentication -> Errors, Files, Http, Ids, Json, Observation
        Operations -> Errors, Http, Ids, Json, Resources
        (root) -> Http, Operations
        """;

    // From the bottom to the top.
    private const string Graph = """
        Resources ->
        Http ->
        Batches -> Http
        (root) -> Batches, Http, Resources
        """;

    // From the bottom to the top. No step knows another; only the run and the client name several, and nothing knows the client.
    private const string Migration = """
        Threading ->
        Wording ->
        Errors ->
        Catalog -> Errors, Threading, Wording
        Journal.Entries ->
        Journal -> Errors, Journal.Entries, Threading
        Sessions -> Catalog, Errors, Journal, Threading
        Changes -> Errors, Journal, Sessions
        Users -> Errors, Journal, Journal.Entries, Sessions, Threading, Wording
        Customers -> Catalog, Errors, Journal, Journal.Entries, Sessions, Threading, Users, Wording
        Purchases -> Catalog, Customers, Errors, Journal, Journal.Entries, Wording
        Discovery -> Catalog, Customers, Errors, Journal.Entries, Sessions, Threading, Wording
        Offers -> Catalog, Errors, Sessions, Threading, Wording
        Planning -> Catalog, Customers, Errors, Journal, Journal.Entries, Purchases, Sessions, Users, Wording
        Purchasing -> Catalog, Changes, Customers, Errors, Journal, Journal.Entries, Purchases, Sessions, Users, Wording
        Licenses -> Changes, Customers, Errors, Journal, Journal.Entries, Sessions, Threading, Users, Wording
        Suspension -> Catalog, Changes, Customers, Errors, Journal, Journal.Entries, Sessions, Users, Wording
        Rollback -> Catalog, Changes, Customers, Errors, Journal, Journal.Entries, Sessions, Threading, Users, Wording
        Status -> Customers, Errors, Journal, Journal.Entries, Sessions, Threading, Users, Wording
        Run -> Changes, Customers, Errors, Journal, Journal.Entries, Licenses, Purchases, Purchasing, Sessions, Status, Suspension, Threading, Users, Wording
        Reporting.Content -> Customers, Errors, Users, Wording
        Reporting.Csv -> Reporting.Content, Users
        Reporting.Html -> Reporting.Content, Wording
        Reporting.Json -> Reporting.Content, Wording
        Reporting -> Reporting.Content, Reporting.Csv, Reporting.Html, Reporting.Json, Wording
        (root) -> Customers, Discovery, Licenses, Offers, Planning, Purchasing, Rollback, Run, Sessions, Status, Suspension
        """;

    [Fact]
    public void What_flows_down_the_pipeline_is_one_namespace() =>
        Assert.Empty(NamespaceRules.Check(typeof(CspPartner).Assembly, "(root) ->"));

    [Fact]
    public void The_namespaces_of_the_service_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(typeof(PartnerCenterClient).Assembly, Service));

    [Fact]
    public void The_namespaces_of_Microsoft_Graph_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(typeof(GraphClient).Assembly, Graph));

    [Fact]
    public void The_namespaces_of_the_migration_use_only_those_below_them() =>
        Assert.Empty(NamespaceRules.Check(typeof(PartnerSession).Assembly, Migration));

    [Fact]
    public void Each_assembly_refers_to_those_below_it_alone()
    {
        Assert.Empty(ProjectReferences.Of(typeof(CspPartner).Assembly));
        Assert.Equal(["CspMigration.Contracts"], ProjectReferences.Of(typeof(PartnerCenterClient).Assembly));
        Assert.Equal(["CspMigration.Contracts", "CspMigration.PartnerCenter"], ProjectReferences.Of(typeof(GraphClient).Assembly));
        Assert.Equal(["CspMigration.Contracts", "CspMigration.Graph", "CspMigration.PartnerCenter"], ProjectReferences.Of(typeof(PartnerSession).Assembly));
    }
}
