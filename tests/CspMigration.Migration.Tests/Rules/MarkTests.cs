using System;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Purchases;
using CspMigration.Core.Suspension;
using CspMigration.Migration.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CspMigration.Migration.Tests.Rules;

/// <summary>
/// Every purchase is marked at the end of its friendly name, so that it is recognized when the journal is lost; where
/// someone changes the name, the journal recognises it.
/// </summary>
public sealed class MarkTests
{
    private static readonly Gen<SourceKey> Key = ArbMap.Default.GeneratorFor<Guid>().Select(id => SourceKey.From(id.ToString()));

    [Theory]
    [InlineData("contoso", null, "Dynamics 365 Unified Operations Plan")]
    [InlineData("contoso", "Operations", "Operations")]
    [InlineData("contoso:legacyCommerce=closed", null, "Dynamics 365 Unified Operations Plan")]
    [InlineData("contoso:legacyCommerce=closed", "Operations", "Operations")]
    public async Task A_purchase_ends_in_the_first_eight_digits_of_its_source(string scenario, string? friendlyName, string before)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());

        var bought = await run.BuyOneAsync(source, new PurchaseOptions { FriendlyName = friendlyName });

        Assert.Equal($"{before} (from {source.SubscriptionId![..8].ToUpperInvariant()})", run.Subscription(bought.TargetSubscriptionId!).FriendlyName);
    }

    [Fact]
    public async Task Seats_that_were_given_tell_as_much_when_the_journal_is_lost()
    {
        const string Limited = "Limited offer with too few seats";
        using var run = await SandboxRun.StartAsync("edge-cases");
        var target = await run.BuyOneAsync(await run.FindOneAsync(Limited));
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var source = await later.FindOneAsync(Limited);
        var read = await later.Client.LicenseMoves.ReadTargetAsync(source.CustomerId, source.SubscriptionId!, target.TargetSubscriptionId, isPlanned: false, default);

        Assert.Equal((TargetOutcome.Resized, MigrationState.Purchased, TargetOutcome.Resumed), (target.Outcome, source.MigrationState, read.Outcome));
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    [InlineData("contoso:legacyCommerce=refused")]
    public async Task By_it_a_purchase_is_recognised_when_the_journal_is_lost(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var bought = await run.BuyOneAsync(Assert.Single(await run.FindAsync()));
        var writes = run.Writes();
        using var later = await SandboxRun.ConnectAsync(run.Tenant);
        var source = Assert.Single(await later.FindAsync());

        var again = await later.BuyOneAsync(source);

        Assert.Equal(MigrationState.Purchased, source.MigrationState);
        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task Where_somebody_has_changed_the_name_the_journal_recognises_it(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(source);
        await service.ChangeSubscriptionAsync(run.Customer(), bought.TargetSubscriptionId!, ("friendlyName", "Ours"));
        var writes = run.Writes();

        var again = await run.BuyOneAsync(source);

        Assert.Equal((TargetOutcome.Resumed, bought.TargetSubscriptionId), (again.Outcome, again.TargetSubscriptionId));
        Assert.Equal(writes, run.Writes());
    }

    [Theory]
    [InlineData("plan (from {0}) ", true)]
    [InlineData("plan (FROM {0})", true)]
    [InlineData("plan (from 00000000 {0})", true)]
    [InlineData("plan (from {0}), ours", false)]
    [InlineData("plan from {0}", false)]
    [InlineData("plan (seats for {0})", false)]
    [InlineData("plan (with {0})", false)]
    public async Task Only_the_end_of_the_name_is_a_mark(string friendlyName, bool isOurs)
    {
        using var run = await SandboxRun.StartAsync("contoso");
        using var service = new DirectService(run.Tenant);
        var source = Assert.Single(await run.FindAsync());

        // Fewer seats than users: it would not be used for want of a mark.
        await service.OrderAsync(run.Customer(), Ids.OperationsPlan, 20, string.Format(null, friendlyName, source.SubscriptionId![..8]));
        await service.AssignAsync(run.Customer(), run.Customer().Users[^1], "ccba3cfe-71ef-423a-bd87-b6df3dce59a9");
        var planning = await run.BuyAsync([source], planOnly: true);

        Assert.Equal(isOurs, planning.Any(target => target.Outcome == TargetOutcome.Resumed));
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso:legacyCommerce=closed")]
    public async Task A_new_name_keeps_the_mark_and_so_the_purchase_is_still_recognized(string scenario)
    {
        using var run = await SandboxRun.StartAsync(scenario);
        var source = Assert.Single(await run.FindAsync());
        var bought = await run.BuyOneAsync(source);
        var target = await run.Client.Discovery.ReadAsync(bought.CustomerId, bought.TargetSubscriptionId!, default);
        var user = new ScriptedConfirmer(() => Task.CompletedTask);
        run.Confirmer = user;

        var renamed = await run.SetAsync(target, new SubscriptionSettings { FriendlyName = "Plant" });
        var again = await run.SetAsync(renamed, new SubscriptionSettings { FriendlyName = "Plant" });
        using var later = await SandboxRun.ConnectAsync(run.Tenant);

        var name = $"Plant (from {source.SubscriptionId![..8].ToUpperInvariant()})";
        Assert.Equal((name, name), (renamed.FriendlyName, again.FriendlyName));
        Assert.Contains($"friendly name \"{name}\"", Assert.Single(user.Asked), StringComparison.Ordinal);
        Assert.Equal(TargetOutcome.Resumed, (await later.BuyOneAsync(source)).Outcome);
    }

    [Theory]
    [InlineData(null, "Plant", "Plant")]
    [InlineData("Own", "Plant (new)", "Plant (new)")]
    [InlineData("Plan (from 1A2B3C4D)", "Plant", "Plant (from 1A2B3C4D)")]
    [InlineData("Plan (from 1A2B3C4D)", "Plant (from 1a2b3c4d)", "Plant (from 1a2b3c4d)")]
    [InlineData("Plan (from 1A2B3C4D)", "Plant (from 99999999)", "Plant (from 1A2B3C4D)")]
    [InlineData("Plan (from 1A2B3C4D) (seats for 5E6F7A8B) ", "Plant", "Plant (from 1A2B3C4D) (seats for 5E6F7A8B)")]
    [InlineData("(seats for 5E6F7A8B)", "Plant", "Plant (seats for 5E6F7A8B)")]
    [InlineData("Storage (with 1A2B3C4D)", "Plant", "Plant (with 1A2B3C4D)")]
    [InlineData("Plan (new)", "Plant", "Plant (new)")]
    [InlineData("Plan (from 1A2B3C4D) (from 5E6F7A8B)", "Plant", "Plant (from 5E6F7A8B)")]
    public void What_stands_before_the_marks_is_renamed(string? present, string name, string renamed)
    {
        Assert.Equal(renamed, PurchaseMark.Rename(present, name));
        Assert.Equal(renamed, PurchaseMark.Rename(renamed, renamed));
    }

    [Fact]
    public void A_mark_of_another_kind_behind_it_hides_no_mark()
    {
        const string Name = "Plan (from 1A2B3C4D) (seats for 5E6F7A8B)";

        Assert.True(PurchaseMark.Names(Name, SourceKey.From("1a2b3c4d-0000")) && PurchaseMark.NamesSeats(Name, SourceKey.From("5e6f7a8b-0000")));
        Assert.False(PurchaseMark.Names(Name, SourceKey.From("5e6f7a8b-0000")) || PurchaseMark.NamesSeats(Name, SourceKey.From("1a2b3c4d-0000")));
        Assert.Equal("Plan", PurchaseMark.WithoutSources(Name));
        Assert.Equal("Plan (from 1A2B3C4D)", PurchaseMark.WithoutSeats(Name, [SourceKey.From("5e6f7a8b-0000")]));
    }

    [Fact]
    public void A_mark_names_exactly_the_sources_it_was_made_of_whatever_stands_before_it()
    {
        var marks =
            from name in Gen.OneOf(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get), Gen.Elements("Plan (from 1A2B3C4D)", "Plan (new)", "(", ""))
            from sources in Gen.NonEmptyListOf(Key)
            from other in Key
            select (name, sources, other);

        Prop.ForAll(marks.ToArbitrary(), mark =>
        {
            var bought = PurchaseMark.Append(mark.name, mark.sources);
            var resized = PurchaseMark.AppendSeats(mark.name, mark.sources);
            Assert.All(mark.sources, source =>
            {
                Assert.True(PurchaseMark.Names(bought, source) && PurchaseMark.Names(bought, SourceKey.From(source.ToString().ToUpperInvariant())));
                Assert.True(PurchaseMark.NamesSeats(resized, source));
                Assert.False(PurchaseMark.NamesSeats(bought, source) || PurchaseMark.Names(resized, source));
            });
            if (!mark.sources.Exists(source => source.ToString()[..8] == mark.other.ToString()[..8]))
            {
                Assert.False(PurchaseMark.Names(bought, mark.other) || PurchaseMark.NamesSeats(resized, mark.other));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Fact]
    public void The_customer_s_own_name_comes_back_when_the_last_seats_are_given_back()
    {
        var given =
            from name in ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)
            from first in Key
            from second in Key
            where first.ToString()[..8] != second.ToString()[..8]
            select (name, first, second);

        Prop.ForAll(given.ToArbitrary(), mark =>
        {
            var both = PurchaseMark.AppendSeats(PurchaseMark.AppendSeats(mark.name, [mark.first]), [mark.second]);
            var one = PurchaseMark.WithoutSeats(both, [mark.first]);

            Assert.True(PurchaseMark.NamesSeats(both, mark.first) && PurchaseMark.NamesSeats(both, mark.second));
            Assert.True(PurchaseMark.NamesSeats(one, mark.second) && !PurchaseMark.NamesSeats(one, mark.first));
            Assert.Equal(mark.name.TrimEnd(), PurchaseMark.WithoutSeats(one, [mark.second]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }
}
