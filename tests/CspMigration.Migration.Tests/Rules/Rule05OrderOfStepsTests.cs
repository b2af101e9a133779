using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>Rule 5: buy, reassign, suspend; old and new exist side by side in between.</summary>
public sealed class Rule05OrderOfStepsTests
{
    [Fact]
    public async Task The_order_goes_out_before_any_license_and_the_suspension_after_the_last()
    {
        RequestRecorder? recorder = null;
        using var run = await SandboxRun.StartAsync("contoso", inner => recorder = new RequestRecorder(inner));

        await run.MigrateAsync();

        var kinds = recorder!.Writes
            .Select(request => request.Path.EndsWith("/orders", StringComparison.Ordinal) ? "order"
                : request.Path.EndsWith("/licenseupdates", StringComparison.Ordinal) ? "license"
                : request.Method == "PATCH" && request.Path.Contains("/subscriptions/", StringComparison.Ordinal) ? "suspension"
                : "other")
            .ToList();
        Assert.Equal(["order", .. Enumerable.Repeat("license", 20), "suspension"], kinds);
    }

    [Fact]
    public async Task Old_and_new_are_both_active_until_the_last_step()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var found = await run.FindAsync();
        Assert.Equal(["active"], Statuses());

        var bought = await run.BuyAsync(found);
        Assert.Equal(["active", "active"], Statuses());

        var moves = await run.MoveAsync(bought);
        Assert.Equal(["active", "active"], Statuses());

        _ = await run.SuspendAsync(moves);
        Assert.Equal(["active", "suspended"], Statuses());

        string[] Statuses() => [.. run.Customer().Subscriptions.Select(subscription => subscription.Status).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Nothing_is_suspended_where_no_license_was_moved()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var bought = Assert.Single(await run.BuyAsync(await run.FindAsync()));

        Assert.Empty(await run.SuspendAsync(bought.CustomerId, bought.SourceSubscriptionId!, new()));

        Assert.Equal("HoldersRemain", run.TakeError().ErrorId);
    }
}
