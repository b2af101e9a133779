using System;
using System.Linq;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class JournalViewTests
{
    private static readonly DateTimeOffset Moment = new(2027, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private readonly JournalView _view = new();

    [Fact]
    public void A_purchase_is_open_from_its_intent_to_its_outcome()
    {
        var request = Guid.NewGuid();

        _view.Add(Intent(request, "c1", "s1"));
        Assert.Equal(request, _view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1"))?.Intent.RequestId);
        Assert.Null(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));

        _view.Add(Outcome(request, "c1", done: true, "s1"));
        Assert.Null(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Equal(request, _view.Purchase(CustomerId.From("c1"), SourceKey.From("s1"))?.RequestId);
    }

    [Fact]
    public void What_was_accepted_stays_open_until_its_subscription_is_known()
    {
        var request = Guid.NewGuid();
        _view.Add(Intent(request, "c1", "s1"));

        _view.Add(Accepted(request, subscriptionId: null));
        var accepted = _view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1"));
        _view.Add(Accepted(request, "t1"));

        Assert.Equal((request, true, "o1"), (accepted?.Intent.RequestId, accepted?.IsAccepted, accepted?.OrderId.ToString()));
        Assert.Null(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Equal("t1", _view.Purchase(CustomerId.From("c1"), SourceKey.From("s1"))?.SubscriptionId.ToString());
    }

    [Fact]
    public void What_was_accepted_and_came_to_nothing_is_neither_open_nor_made()
    {
        var request = Guid.NewGuid();
        _view.Add(Intent(request, "c1", "s1"));
        _view.Add(Accepted(request, subscriptionId: null));

        _view.Add(Outcome(request, "c1", done: false, "s1"));

        Assert.Null(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Null(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Fact]
    public void A_user_is_left_from_the_intent_until_moved_or_the_migration_is_taken_back()
    {
        _view.Add(Intended("u1"));
        _view.Add(Intended("u2"));
        _view.Add(Intended("u3"));
        _view.Add(Settled("U2", done: false));
        _view.Add(Settled("U3", done: true));

        Assert.Equal(["u1", "U2"], _view.UsersLeft(CustomerId.From("C1"), SourceKey.From("S1")).Select(entry => entry.UserId.ToString()).Order(StringComparer.OrdinalIgnoreCase));
        Assert.False(Assert.IsType<LicenseSettled>(_view.UsersLeft(CustomerId.From("c1"), SourceKey.From("s2")).Single(entry => entry.UserId.ToString() == "U2")).Done);
        Assert.Empty(_view.UsersLeft(CustomerId.From("c2"), SourceKey.From("s1")));

        _view.Add(Settled("u1", done: true));
        _view.Add(new Undone { At = Moment, CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("s1")] });

        Assert.Empty(_view.UsersLeft(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Single(_view.UsersLeft(CustomerId.From("c1"), SourceKey.From("s2")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_moved_back_is_not_left(bool? done)
    {
        _view.Add(Intended("u1"));

        _view.Add(done is { } isDone ? Settled("u1", isDone) with { Direction = MoveDirection.Back } : Intended("u1") with { Direction = MoveDirection.Back });

        Assert.Empty(_view.UsersLeft(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Fact]
    public void A_history_keeps_who_was_moved_and_a_running_command_does_not()
    {
        var history = new JournalView(keepsHistory: true);
        foreach (var view in new[] { _view, history })
        {
            view.Add(Intended("u1"));
            view.Add(Settled("u1", done: true));
            view.Add(Intended("u2"));
            view.Add(Settled("u2", done: false));
        }

        Assert.Equal(["u2"], _view.Find(CustomerId.From("c1"), SourceKey.From("s1"))!.Users.Select(user => user.Key.ToString()));
        Assert.Equal([("u1", true, false), ("u2", false, true)], history.Find(CustomerId.From("c1"), SourceKey.From("s1"))!.Users.Select(user => (user.Key.ToString(), user.Value.IsSent, user.Value.IsLeft)));

        history.Add(Settled("u1", done: true) with { Direction = MoveDirection.Back });

        Assert.Equal(["u2"], history.Find(CustomerId.From("c1"), SourceKey.From("s1"))!.Users.Select(user => user.Key.ToString()));
    }

    [Fact]
    public void Users_of_sources_that_are_moved_as_one_are_listed_with_the_first()
    {
        var history = new JournalView(keepsHistory: true);

        history.Add(Intended("u1"));

        Assert.NotNull(history.Find(CustomerId.From("c1"), SourceKey.From("s1"))!.User(UserId.From("U1"))?.Listed);
        Assert.Null(history.Find(CustomerId.From("c1"), SourceKey.From("s2"))!.User(UserId.From("u1"))?.Listed);
    }

    [Fact]
    public void A_status_of_its_own_is_no_migration()
    {
        _view.Add(Status("c1", "x1", JournalStatus.Suspended, done: true));
        _view.Add(new Stopped { At = Moment, CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("x1")] });
        _view.Add(Bought("c1", "t1", "s1"));

        Assert.Equal(["s1"], _view.Sources.Select(source => source.Key.ToString()));
        Assert.Null(_view.Find(CustomerId.From("c1"), SourceKey.From("x1"))?.Stopped);
        Assert.Equal(JournalStatus.Suspended, _view.Ending(CustomerId.From("c1"), SourceKey.From("x1"))?.Status);
    }

    [Fact]
    public void A_refused_purchase_is_neither_open_nor_made()
    {
        var request = Guid.NewGuid();
        _view.Add(Intent(request, "c1", "s1"));

        _view.Add(Outcome(request, "c1", done: false, "s1"));

        Assert.Null(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Null(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Fact]
    public void A_purchase_for_several_sources_is_the_purchase_of_each()
    {
        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1", "s2"));

        Assert.NotNull(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.NotNull(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s2")));
        Assert.Null(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s3")));
        Assert.Null(_view.Purchase(CustomerId.From("c2"), SourceKey.From("s1")));
    }

    [Fact]
    public void A_target_names_the_sources_it_was_bought_for()
    {
        _view.Add(Bought("c1", "t1", "s1", "s2"));
        _view.Add(Bought("c1", "t1", "s3"));
        _view.Add(Bought("c1", "t2", "s4"));
        _view.Add(Bought("c2", "t1", "s5"));

        Assert.Equal(["s1", "s2", "s3"], _view.SourcesOf(CustomerId.From("C1"), SubscriptionId.From("T1")).Select(source => source.ToString()));
        Assert.Equal(["s4"], _view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t2")).Select(source => source.ToString()));
        Assert.Equal(["s5"], _view.SourcesOf(CustomerId.From("c2"), SubscriptionId.From("t1")).Select(source => source.ToString()));
        Assert.Empty(_view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("s1")));
    }

    [Fact]
    public void A_target_names_no_source_whose_migration_is_rolled_back()
    {
        _view.Add(Bought("c1", "t1", "s1", "s2"));

        _view.Add(new Undone { CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("S1")] });

        Assert.Equal(["s2"], _view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t1")).Select(source => source.ToString()));
        _view.Add(Bought("c1", "t1", "s1"));
        Assert.Equal(["s2", "s1"], _view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t1")).Select(source => source.ToString()));
    }

    [Fact]
    public void A_source_that_is_bought_again_belongs_to_its_last_target_alone()
    {
        _view.Add(Bought("c1", "t1", "s1", "s2"));

        _view.Add(Bought("c1", "t2", "s1"));

        Assert.Equal(["s2"], _view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t1")).Select(source => source.ToString()));
        Assert.Equal(["s1"], _view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t2")).Select(source => source.ToString()));
    }

    [Fact]
    public void A_purchase_that_came_to_nothing_leaves_no_source_of_its_target()
    {
        var request = Guid.NewGuid();
        _view.Add(Bought("c1", "t1", request, "s1"));

        _view.Add(Outcome(request, "c1", done: false, "s1"));

        Assert.Empty(_view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("t1")));
    }

    [Fact]
    public void A_subscription_that_was_converted_is_no_source_of_its_own()
    {
        _view.Add(Bought("c1", "s1", "S1"));

        Assert.Empty(_view.SourcesOf(CustomerId.From("c1"), SubscriptionId.From("s1")));
        Assert.NotNull(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Fact]
    public void The_unfinished_sources_of_a_target_are_those_that_have_not_ended()
    {
        _view.Add(Bought("c1", "t1", "s1", "s2"));

        _view.Add(Status("c1", "s1", JournalStatus.Suspended, done: true));

        Assert.Equal(["s2"], _view.UnfinishedSources(CustomerId.From("c1"), SubscriptionId.From("t1")).Select(source => source.ToString()));
    }

    [Fact]
    public void An_open_purchase_is_found_by_each_of_its_sources()
    {
        _view.Add(Intent(Guid.NewGuid(), "c1", "s1", "s2"));

        Assert.NotNull(_view.OpenPurchase(CustomerId.From("C1"), SourceKey.From("S2")));
        Assert.NotNull(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Null(_view.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s3")));
        Assert.Null(_view.OpenPurchase(CustomerId.From("c2"), SourceKey.From("s1")));
    }

    [Fact]
    public void Purchases_without_a_source_are_found_by_their_name_all_of_them()
    {
        var first = NewIntent("c1", "Plan (new)");
        var second = NewIntent("c1", "Plan (new)");
        _view.Add(first);
        _view.Add(second);
        _view.Add(NewIntent("c1", "Other (new)"));
        _view.Add(Intent(Guid.NewGuid(), "c1", "s1"));

        Assert.Equal([first.RequestId, second.RequestId], _view.OpenNewPurchases(CustomerId.From("C1"), "plan (NEW)").Select(open => open.Intent.RequestId));
        Assert.Empty(_view.OpenNewPurchases(CustomerId.From("c2"), "Plan (new)"));
    }

    [Fact]
    public void What_was_taken_back_counts_no_longer_until_it_is_bought_again()
    {
        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1"));
        _view.Add(Status("c1", "s1", JournalStatus.Suspended, done: true));

        _view.Add(new Undone { CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("s1")] });
        Assert.True(_view.IsUndone(CustomerId.From("C1"), SourceKey.From("S1")));
        Assert.Null(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Null(_view.SuspendedOn(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.Null(_view.Ending(CustomerId.From("c1"), SourceKey.From("s1")));

        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1"));
        Assert.False(_view.IsUndone(CustomerId.From("c1"), SourceKey.From("s1")));
        Assert.NotNull(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Theory]
    [InlineData(JournalStatus.Suspended, true, false)]
    [InlineData(JournalStatus.AutoRenewOff, false, true)]
    [InlineData(JournalStatus.LeftToTermEnd, false, true)]
    [InlineData(JournalStatus.Active, false, false)]
    internal void How_a_subscription_was_ended_shows_in_its_last_carried_out_status(JournalStatus status, bool isSuspended, bool isLeft)
    {
        _view.Add(Status("c1", "t1", JournalStatus.Kept, done: true));
        _view.Add(Status("c1", "t1", status, done: true));
        _view.Add(Status("c1", "t1", JournalStatus.Cancelled, done: false));

        Assert.Equal(isSuspended ? Moment : null, _view.SuspendedOn(CustomerId.From("C1"), SourceKey.From("T1")));
        Assert.Equal(isLeft, _view.IsLeftToExpire(CustomerId.From("c1"), SourceKey.From("t1")));
        Assert.Equal(status, _view.Ending(CustomerId.From("c1"), SourceKey.From("t1"))?.Status);
        Assert.Null(_view.Ending(CustomerId.From("c2"), SourceKey.From("t1")));
    }

    [Fact]
    public void Ids_are_the_same_in_any_casing()
    {
        _view.Add(Outcome(Guid.NewGuid(), "C1", done: true, "S1"));

        Assert.NotNull(_view.Purchase(CustomerId.From("c1"), SourceKey.From("s1")));
    }

    [Fact]
    public void The_last_of_several_purchases_counts()
    {
        var second = Guid.NewGuid();
        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1"));
        _view.Add(Outcome(second, "c1", done: true, "s1"));

        Assert.Equal(second, _view.Purchase(CustomerId.From("c1"), SourceKey.From("s1"))?.RequestId);
    }

    [Fact]
    public void The_first_partner_owns_it_and_the_last_writer_is_named()
    {
        _view.Add(new Opened { PartnerTenantId = "p1", Writer = "process 1" });
        _view.Add(new Opened { PartnerTenantId = "p2", Writer = "process 2" });

        Assert.Equal("p1", _view.PartnerTenantId);
        Assert.Equal("process 2", _view.LastWriter);
    }

    private static PurchaseIntended Intent(Guid request, string customerId, params string[] sources) => new() { RequestId = request, CustomerId = CustomerId.FromOrNull(customerId), Sources = [.. sources.Select(SourceKey.From)] };

    private static PurchaseSettled Accepted(Guid request, string? subscriptionId) => Intent(request, "c1", "s1").Done(Moment, OrderId.From("o1"), SubscriptionId.FromOrNull(subscriptionId));

    private static PurchaseSettled Bought(string customerId, string target, params string[] sources) => Bought(customerId, target, Guid.NewGuid(), sources);

    private static PurchaseSettled Bought(string customerId, string target, Guid request, params string[] sources) => Intent(request, customerId, sources).Done(Moment, orderId: null, SubscriptionId.From(target));

    private static PurchaseIntended NewIntent(string customerId, string friendlyName) => Intent(Guid.NewGuid(), customerId) with { FriendlyName = friendlyName };

    private static StatusSettled Status(string customerId, string subscriptionId, JournalStatus status, bool done) =>
        new() { At = Moment, CustomerId = CustomerId.FromOrNull(customerId), SubscriptionId = SubscriptionId.From(subscriptionId), Status = status, Done = done };

    private static PurchaseSettled Outcome(Guid request, string customerId, bool done, params string[] sources)
    {
        var intent = Intent(request, customerId, sources);
        return done ? intent.Done(Moment, orderId: null, SubscriptionId.From("t1")) : intent.Refused(Moment, reason: null);
    }

    private static LicenseIntended Intended(string userId) => new() { At = Moment, CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("s1"), SourceKey.From("s2")], UserId = UserId.FromOrNull(userId) };

    private static LicenseSettled Settled(string userId, bool done) => new() { At = Moment, CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("s1"), SourceKey.From("s2")], UserId = UserId.FromOrNull(userId), Done = done };
}
