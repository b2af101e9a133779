using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>Every row of the documents' two tables, to its default target and to each of its other targets.</summary>
public sealed class SeedMappingTests
{
    private const string OperationsPlan = "Dynamics 365 Unified Operations Plan";
    private const string EverythingPlan = "Dynamics 365 Plan";
    private const string Activity = "Dynamics 365 Activity";
    private const string TeamMembers = "Dynamics 365 Team Members";
    private const string Device = "Dynamics 365 Operations Device";
    private const string EngagementPlan = "Dynamics 365 Customer Engagement Plan";
    private const string Sales = "Dynamics 365 Sales";
    private const string CustomerService = "Dynamics 365 Customer Service";
    private const string FieldService = "Dynamics 365 Field Service";
    private const string ProjectService = "Dynamics 365 Project Service Automation";

    // The first target of a row is its default (docs/rules.md, rules 2 and 3).
    public static TheoryData<string, string, bool> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            Add("AX Enterprise", OperationsPlan, EverythingPlan);
            Add("AX Task", Activity);
            Add("AX Self Serve", TeamMembers);
            Add("AX Device", Device);
            Add("CRM Online Enterprise", EngagementPlan);
            Add("CRM Online Professional", EngagementPlan, Sales, CustomerService);
            Add("CRM Online Basic", TeamMembers, Sales, CustomerService, EngagementPlan);
            Add("CRM Online Essential", TeamMembers);
            Add("CRM Field Service add-on", EngagementPlan, FieldService);
            Add("CRM Project Service Automation add-on", EngagementPlan, ProjectService);
            return rows;

            void Add(string customer, params string[] targets)
            {
                rows.Add(customer, targets[0], false);
                foreach (var target in targets)
                {
                    rows.Add(customer, target, true);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_row_migrates_to_each_of_its_targets(string customer, string target, bool isNamed)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var found = Assert.Single(await run.FindAsync(query => query.Customers = [customer]));
        var bought = Assert.Single(await run.BuyAsync([found], new PurchaseOptions { Target = isNamed ? target : null }));
        var moved = Assert.Single(await run.MoveAsync([bought]));
        var suspended = Assert.Single(await run.SuspendAsync([moved]));

        Assert.Empty(run.Errors);
        var mapping = run.Client.Operation.Session.Map.Mappings.SelectMany(mapping => mapping.Targets).First(other => other.Name == target);
        Assert.Contains(bought.OfferId, mapping.OfferIds.Select(offer => offer.OfferId));
        Assert.Equal(found.Quantity, bought.Quantity);
        Assert.True(moved.Moved > 0 && moved.IsComplete);
        Assert.Equal(SuspensionOutcome.Suspended, suspended.Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_row_migrates_to_each_of_its_targets_through_carts_where_legacy_is_closed(string customer, string target, bool isNamed)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping:legacyCommerce=closed");

        var bought = await run.BuyAsync(await run.FindAsync(customer), new PurchaseOptions { Target = isNamed ? target : null });
        var ended = await run.SuspendAsync(await run.MoveAsync(bought));

        Assert.Empty(run.Errors);
        var mapping = run.Client.Operation.Session.Map.Mappings.SelectMany(mapping => mapping.Targets).First(other => other.Name == target);
        Assert.Equal((CommerceKind.NewCommerce, mapping.SkuId), (Assert.Single(bought).Commerce, bought[0].SkuId));
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
        Assert.Empty(run.Tenant.GetState().Violations);
    }

    [Fact]
    public async Task All_ten_rows_migrate_in_one_run()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var suspended = await run.MigrateAsync();

        Assert.Empty(run.Errors);
        Assert.Equal(10, suspended.Count(subscription => subscription.Outcome == SuspensionOutcome.Suspended));
        Assert.Empty(run.Tenant.GetState().Violations);
    }
}
