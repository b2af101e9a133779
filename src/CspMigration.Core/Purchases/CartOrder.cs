using System;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>A cart and its checkout, in new commerce.</summary>
internal sealed record CartOrder : NewSubscription
{
    /// <summary>The item the cart takes.</summary>
    public CatalogItemId? CatalogItemId { get; init; }

    /// <summary>The cart, once it is made, and what it says.</summary>
    public Cart? Cart { get; init; }

    /// <summary>The last day on which new commerce takes seats, or all of it, back.</summary>
    public DateTimeOffset? ReducibleUntil { get; init; }

    public override JournalMethod Word => JournalMethod.Cart;

    /// <summary>For a prompt: until when it can be reduced; empty where that is not known.</summary>
    public string ReductionText => ReducibleUntil is { } day ? $", can be reduced or canceled until {UtcDay.Of(day)}" : "";

    public override string DescribeTerms(Purchase purchase) => $"{NameOf(purchase)} ({purchase.TermText}, can be reduced or canceled within 7 days)";
}
