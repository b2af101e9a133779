using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Discovery;

/// <summary>Customers as users call them.</summary>
public sealed class CustomerDirectoryTests
{
    [Theory]
    [InlineData("AX Device")]
    [InlineData(" ax device ")]
    [InlineData("axdevice.onmicrosoft.com")]
    [InlineData("AXDevice.OnMicrosoft.com")]
    public async Task One_is_found_by_name_or_domain_in_any_case(string name)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        Assert.Equal(run.Customer("AX Device").Id, await run.Client.Customers.FindIdAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task An_id_is_taken_without_a_call()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("seed-mapping", inner => recorder = new RequestRecorder(inner));
        var before = recorder!.All.Count;

        Assert.Equal("0A0B0C0D-0000-4000-8000-000000000001", await run.Client.Customers.FindIdAsync(" 0A0B0C0D-0000-4000-8000-000000000001 ", CancellationToken.None));
        Assert.Equal(before, recorder.All.Count);
    }

    [Theory]
    [InlineData("AX Devic")]
    [InlineData("AX Device.")]
    [InlineData("axdevice")]
    [InlineData("axdevice.onmicrosoft.co")]
    [InlineData("AX*")]
    [InlineData("*")]
    [InlineData("[a]")]
    public async Task Half_a_name_and_a_pattern_are_nobodys(string name)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.Client.Customers.FindIdAsync(name, CancellationToken.None));

        Assert.Equal(("CustomerNotFound", name), (e.ErrorId, e.CustomerId));
        Assert.Contains($"\"{name}\"", e.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AX Devise", "AX Device")]
    [InlineData("axdevise.onmicrosoft.com", "axdevice.onmicrosoft.com")]
    [InlineData("enterprise", "AX Enterprise", "CRM Online Enterprise")]
    [InlineData("Fabrikam")]
    public async Task Near_names_are_offered_of_customers_that_have_been_read_and_nothing_is_read_for_it(string name, params string[] near)
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("seed-mapping", inner => recorder = new RequestRecorder(inner));
        var before = recorder!.All.Count;
        var unread = await Assert.ThrowsAsync<CspMigrationException>(() => run.Client.Customers.FindIdAsync(name, CancellationToken.None));
        var calls = recorder.All.Count - before;
        _ = await run.FindAsync();
        before = recorder.All.Count;

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.Client.Customers.FindIdAsync(name, CancellationToken.None));

        var question = near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near.Select(candidate => $"\"{candidate}\""))}?";
        Assert.EndsWith($"\"{name}\".", unread.Problem, StringComparison.Ordinal);
        Assert.EndsWith($"\"{name}\".{question}", e.Problem, StringComparison.Ordinal);
        Assert.Equal(calls, recorder.All.Count - before);
    }

    [Fact]
    public async Task Several_of_one_name_are_told_with_their_ids_and_domains_and_none_is_taken()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping", inner => new RequestRecorder(
            inner, (path, text) => path.EndsWith("/customers", StringComparison.OrdinalIgnoreCase) ? Regex.Replace(text, "\"CRM Online E[^\"]*\"", "\"CRM Online E\"") : text));

        var e = await Assert.ThrowsAsync<CspMigrationException>(() => run.Client.Customers.FindIdAsync("CRM Online E", CancellationToken.None));

        // Enterprise, and Essential.
        Assert.Equal("CustomerNotFound", e.ErrorId);
        Assert.StartsWith("2 customers", e.Problem, StringComparison.Ordinal);
        foreach (var customer in run.Tenant.GetState().Customers.Where(customer => customer.CompanyName.StartsWith("CRM Online E", StringComparison.Ordinal)))
        {
            Assert.Contains(customer.Id, e.Problem, StringComparison.Ordinal);
        }

        Assert.Contains("crmonlineessential.onmicrosoft.com", e.Problem, StringComparison.Ordinal);
        Assert.Contains("id or its domain", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("axdevice.onmicrosoft.com", 1)]
    [InlineData("*.onmicrosoft.com", 10)]
    [InlineData("ax*.onmicrosoft.com", 4)]
    [InlineData("axd*", 0)]
    public async Task A_search_takes_domains_and_patterns_of_domains_where_a_dot_is_in_them(string name, int customers)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var found = await run.FindAsync(query => query.Customers = [name]);

        Assert.Equal(customers, found.Select(row => row.CustomerId).Distinct().Count());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_domain_can_be_excluded()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var found = await run.FindAsync(query => query.ExcludedCustomers = ["axdevice.onmicrosoft.com"]);

        Assert.DoesNotContain("AX Device", found.Select(row => row.CustomerName));
        Assert.NotEmpty(found);
    }

    [Theory]
    [InlineData("AX Devise")]
    [InlineData("axdevise.onmicrosoft.com")]
    [InlineData("00000000-0000-4000-8000-00000000dead")]
    public async Task Who_is_excluded_by_a_name_nobody_has_is_told_before_anybody_is_found(string name)
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        var error = await Assert.ThrowsAsync<CspMigrationException>(() => run.FindAsync(query => query.ExcludedCustomers = ["AX Task", name]));

        Assert.Equal("CustomerNotFound", error.ErrorId);
        Assert.Contains(name, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(run.Observer.Messages, message => message.Contains("/subscriptions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pattern_that_excludes_nobody_is_warned_of()
    {
        using var run = await SandboxRun.StartAsync("seed-mapping");

        Assert.NotEmpty(await run.FindAsync(query => query.ExcludedCustomers = ["AX T*", "Axe *"]));

        Assert.Equal(["No customer is excluded: \"Axe *\" matches none."], run.Observer.Messages.Where(message => message.StartsWith("No customer is excluded", StringComparison.Ordinal)));
    }
}
