using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using CspMigration.Sandbox.Oracle;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Migration.Tests.Resilience;

/// <summary>
/// Whatever the service sends, a migration ends: with a result, or with a clear error; and no other host ever hears from it.
/// </summary>
public sealed class HostileAnswerTests(ResilienceReport report) : IClassFixture<ResilienceReport>
{
    private const double Share = 0.08;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private static int Seeds => FullRun.IsAskedFor ? 1000 : 150;

    [Theory]
    [InlineData("contoso", MigrationMethod.Auto, LicenseApi.PartnerCenter)]
    [InlineData("contoso:legacyCommerce=closed", MigrationMethod.Auto, LicenseApi.PartnerCenter)]
    [InlineData("edge-cases", MigrationMethod.Auto, LicenseApi.PartnerCenter)]
    [InlineData("new-commerce", MigrationMethod.Auto, LicenseApi.PartnerCenter)]
    [InlineData("new-commerce", MigrationMethod.Purchase, LicenseApi.PartnerCenter)]
    [InlineData("new-commerce", MigrationMethod.Transition, LicenseApi.PartnerCenter)]
    [InlineData("new-commerce", MigrationMethod.Renewal, LicenseApi.PartnerCenter)]
    [InlineData("contoso", MigrationMethod.Auto, LicenseApi.Graph)]
    public async Task A_migration_over_mutated_answers_ends_with_a_result_or_a_clear_error(string scenario, MigrationMethod method, LicenseApi licenses)
    {
        var strangers = new List<string>();
        var unclear = new List<string>();
        var changed = 0;
        var errors = 0;
        var seeds = scenario is not ("edge-cases" or "new-commerce") ? Seeds : method == MigrationMethod.Auto ? Seeds / 10 : Seeds / 25;
        foreach (var seed in Enumerable.Range(1, seeds))
        {
            using var time = VirtualTime.Automatic();
            using var guard = new CancellationTokenSource(LongestRun);
            var tenant = ObservedSandbox.Create(new SandboxOptions { Scenario = scenario, Time = time });
            HostileHandler? hostile = null;
            try
            {
                using var run = await SandboxRun.ConnectAsync(
                    tenant, inner => hostile = new HostileHandler(inner, seed, Share), options => (options.Time, options.LicenseApi) = (time, licenses), guard.Token);
                _ = await run.MigrateAsync(new PurchaseOptions { Method = method });
                if (scenario == "new-commerce")
                {
                    _ = await run.UndoAsync(tenant.GetState().Customers.Select(customer => (customer.Id, customer.Subscriptions[0].Id)));
                }

                errors += run.Errors.Count;
                unclear.AddRange(run.Errors.Where(error => error.Problem.Length == 0 || error.RecommendedAction.Length == 0).Select(error => $"seed {seed}: {error.Message}"));
            }
            catch (CspMigrationException)
            {
                errors++;
            }

            Assert.False(guard.IsCancellationRequested, $"Seed {seed} hangs.");
            changed += hostile!.Changed;
            strangers.AddRange(hostile.Hosts.Where(host => host != SandboxTenant.BaseAddress.Host).Select(host => $"seed {seed}: {host}"));
        }

        report.Write($"hostile answers, {scenario}, {method}{(scenario == "new-commerce" ? " and undo" : "")}, {licenses}: {seeds} seeds, {changed} answers mutated, {errors} clear errors, {strangers.Count} violations");
        Assert.Empty(strangers);
        Assert.Empty(unclear);
        Assert.True(changed > seeds, "Hardly anything was mutated.");
    }
}
