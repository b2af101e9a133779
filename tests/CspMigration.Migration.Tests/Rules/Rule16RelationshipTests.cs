using System;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 16: not yet a customer: a reseller relationship is asked for.</summary>
public sealed class Rule16RelationshipTests
{
    [Fact]
    public async Task The_invitation_is_a_link_and_a_mail_ready_to_send_and_nothing_is_sent()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var invitation = await run.Client.Relationships.InviteAsync("admin@northwind.example", language: null, default);

        Assert.Equal(Uri.UriSchemeHttps, invitation.Link!.Scheme);
        Assert.Contains(invitation.Link.AbsoluteUri, invitation.Body, StringComparison.Ordinal);
        Assert.Contains("northwind.example", invitation.Body, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(invitation.Subject));
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("Advisor only", "NoDelegatedRights", "Request-ResellerRelationship")]
    [InlineData("Not a customer yet", "CustomerNotFound", "relationship")]
    public async Task Who_is_not_one_is_left_out_of_all_customers_and_is_an_error_by_name(string customer, string errorId, string remedy)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        Assert.DoesNotContain(await run.FindAsync(), row => row.CustomerName == customer);
        Assert.Empty(run.Errors);
        Assert.Empty(await run.FindAsync(customer));

        var error = run.TakeError();
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(remedy, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_bought_for_one_who_is_only_advised()
    {
        using var run = await SandboxRun.StartAsync("edge-cases");

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.BuyNewAsync(
            run.Customer("Advisor only").Id, new PurchaseOptions { Target = "Dynamics 365 Sales", Quantity = 1 }));

        Assert.Equal("NoDelegatedRights", error.ErrorId);
        Assert.Contains("Request-ResellerRelationship", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, run.Writes());
    }

    [Theory]
    [InlineData("Advisor only")]
    [InlineData("Not a customer yet")]
    public async Task Once_it_is_accepted_the_same_line_migrates(string customer)
    {
        using var run = await SandboxRun.StartAsync("edge-cases");
        _ = await run.Client.Relationships.InviteAsync("admin@northwind.example", language: null, default);
        run.Tenant.AdvanceClock(TimeSpan.FromDays(2));

        var ended = await run.FinishAsync(await run.FindAsync(customer));

        Assert.Empty(run.Errors);
        Assert.Equal(SuspensionOutcome.Suspended, Assert.Single(ended).Outcome);
    }
}
