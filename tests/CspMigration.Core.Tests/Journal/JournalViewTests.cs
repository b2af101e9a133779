using System;
using CspMigration.Core.Journal;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class JournalViewTests
{
    private readonly JournalView _view = new();

    [Fact]
    public void A_purchase_is_open_from_its_intent_to_its_outcome()
    {
        var request = Guid.NewGuid();

        _view.Add(Intent(request, "c1", "s1"));
        Assert.Equal(request, _view.OpenPurchase("c1", ["s1"])?.RequestId);
        Assert.Null(_view.Purchase("c1", "s1"));

        _view.Add(Outcome(request, "c1", done: true, "s1"));
        Assert.Null(_view.OpenPurchase("c1", ["s1"]));
        Assert.Equal(request, _view.Purchase("c1", "s1")?.RequestId);
    }

    [Fact]
    public void A_refused_purchase_is_neither_open_nor_made()
    {
        var request = Guid.NewGuid();
        _view.Add(Intent(request, "c1", "s1"));

        _view.Add(Outcome(request, "c1", done: false, "s1"));

        Assert.Null(_view.OpenPurchase("c1", ["s1"]));
        Assert.Null(_view.Purchase("c1", "s1"));
    }

    [Fact]
    public void A_purchase_for_several_sources_is_the_purchase_of_each()
    {
        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1", "s2"));

        Assert.NotNull(_view.Purchase("c1", "s1"));
        Assert.NotNull(_view.Purchase("c1", "s2"));
        Assert.Null(_view.Purchase("c1", "s3"));
        Assert.Null(_view.Purchase("c2", "s1"));
    }

    [Fact]
    public void An_open_purchase_is_found_for_exactly_its_sources_in_any_order_and_casing()
    {
        _view.Add(Intent(Guid.NewGuid(), "c1", "s1", "s2"));

        Assert.NotNull(_view.OpenPurchase("C1", ["S2", "s1"]));
        Assert.Null(_view.OpenPurchase("c1", ["s1"]));
        Assert.Null(_view.OpenPurchase("c1", ["s1", "s2", "s3"]));
        Assert.Null(_view.OpenPurchase("c1", ["s1", "s3"]));
        Assert.Null(_view.OpenPurchase("c2", ["s1", "s2"]));
    }

    [Fact]
    public void Ids_are_the_same_in_any_casing()
    {
        _view.Add(Outcome(Guid.NewGuid(), "C1", done: true, "S1"));

        Assert.NotNull(_view.Purchase("c1", "s1"));
    }

    [Fact]
    public void The_last_of_several_purchases_counts()
    {
        var second = Guid.NewGuid();
        _view.Add(Outcome(Guid.NewGuid(), "c1", done: true, "s1"));
        _view.Add(Outcome(second, "c1", done: true, "s1"));

        Assert.Equal(second, _view.Purchase("c1", "s1")?.RequestId);
    }

    [Fact]
    public void The_first_partner_owns_it_and_the_last_writer_is_named()
    {
        _view.Add(new JournalEntry { Kind = JournalEntryKind.Opened, PartnerTenantId = "p1", Writer = "process 1" });
        _view.Add(new JournalEntry { Kind = JournalEntryKind.Opened, PartnerTenantId = "p2", Writer = "process 2" });

        Assert.Equal("p1", _view.PartnerTenantId);
        Assert.Equal("process 2", _view.LastWriter);
    }

    private static JournalEntry Intent(Guid request, string customerId, params string[] sources)
    {
        return new JournalEntry { Kind = JournalEntryKind.PurchaseIntended, RequestId = request, CustomerId = customerId, Sources = sources };
    }

    private static JournalEntry Outcome(Guid request, string customerId, bool done, params string[] sources)
    {
        return new JournalEntry { Kind = JournalEntryKind.PurchaseSettled, RequestId = request, CustomerId = customerId, Sources = sources, Done = done };
    }
}
