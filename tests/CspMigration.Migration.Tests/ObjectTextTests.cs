using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Migration.Tests.Support;
using Xunit;

namespace CspMigration.Migration.Tests;

/// <summary>An object in a message, such as the target of an error, says whose it is and what it is about.</summary>
public sealed class ObjectTextTests
{
    [Fact]
    public async Task What_any_step_gives_names_customer_and_subscription()
    {
        using var run = await SandboxRun.StartAsync("contoso");
        var source = Assert.Single(await run.FindAsync());
        var readiness = await run.CheckAsync(source);
        var ended = Assert.Single(await run.FinishAsync([source]));
        var migration = Assert.Single(run.Client.Status.Read());
        object[] objects = [source, readiness, migration.Target!, migration.LicenseMove!, ended, migration];

        Assert.Empty(run.Errors);
        Assert.Equal(6, objects.Select(item => item.GetType()).Distinct().Count());
        Assert.All(objects, item => Assert.Contains("Contoso", item.ToString(), StringComparison.Ordinal));
        Assert.All(objects.Where(item => item is not TargetSubscription), item => Assert.Contains("Dynamics AX Enterprise", item.ToString(), StringComparison.Ordinal));
        Assert.Contains("Dynamics 365 Unified Operations Plan", migration.Target!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Dynamics AX Enterprise of Contoso: 20 moved, 0 remaining", migration.LicenseMove!.ToString());
    }
}
