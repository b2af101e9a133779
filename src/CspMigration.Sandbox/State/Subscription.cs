using System;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>A subscription of one customer, as of the last time it caught up with the clock.</summary>
internal sealed class Subscription
{
    private int _formerSeats;
    private DateTimeOffset _seatsFrom;
    private DateTimeOffset _undecidedSince;
    private DateTimeOffset _windowFrom;
    private bool _autoRenew;

    // The term and billing cycle before the extension.
    private (string Term, string BillingCycle) _extended;

    public string Id { get; init; } = "";

    public Commerce Commerce { get; init; }

    /// <summary>A GUID, or <c>product:sku:availability</c>.</summary>
    public string OfferId { get; set; } = "";

    public string OfferName { get; set; } = "";

    public DirectorySku Sku { get; set; } = null!;

    public string OrderId { get; init; } = "";

    public string? ParentId { get; init; }

    public string FriendlyName { get; set; } = "";

    public string PartnerId { get; set; } = "";

    /// <summary>The promotion of its current term.</summary>
    public string? PromotionId { get; set; }

    public int Quantity { get; private set; }

    public string BillingCycle { get; set; } = "";

    /// <summary>An ISO 8601 period. Legacy subscriptions have one year, which the service does not show.</summary>
    public string Term { get; set; } = "P1Y";

    public bool IsTrial { get; set; }

    /// <summary>Whether it is an add-on.</summary>
    public bool IsAddOn { get; init; }

    public bool AutoRenew
    {
        get => _autoRenew;
        init => _autoRenew = value;
    }

    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>When the list of subscriptions shows it.</summary>
    public DateTimeOffset ListedFrom { get; init; }

    /// <summary>When the current term began, by purchase or renewal.</summary>
    public DateTimeOffset TermStartedOn { get; private set; }

    /// <summary>The last day of the term; the subscription is active until the end of it.</summary>
    public DateTimeOffset CommitmentEndDate { get; private set; }

    public SubscriptionStatus Status { get; private set; }

    public DateTimeOffset StatusSince { get; private set; }

    /// <summary>The number of writes, for the etag.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>False if its seats never reach the directory.</summary>
    public bool IsProvisionable { get; init; } = true;

    /// <summary>The legacy subscription that the service migrated it from; null for a purchase.</summary>
    public string? MigratedFromId { get; init; }

    /// <summary>The seats that can be refunded; empty in legacy commerce.</summary>
    public RefundableSeats Refundable { get; } = new();

    /// <summary>The scheduled action; null if <see cref="AutoRenew"/> alone decides.</summary>
    public ScheduledAction? Scheduled { get; private set; }

    public NextTerm? NextTerm => Scheduled?.NextTerm;

    /// <summary>Since when it neither renews nor has an action; null if it does.</summary>
    public DateTimeOffset? UndecidedSince => IsUndecided ? _undecidedSince : null;

    /// <summary>Whether it is in an extended service term.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>Whether it was canceled at the end of its term, which is final.</summary>
    public bool IsEnded { get; private set; }

    public bool IsLive => Status == SubscriptionStatus.Active;

    public DateTimeOffset EndOfTerm => TermCalendar.EndOf(CommitmentEndDate);

    /// <summary>New commerce can be canceled until then, an extended term at any time.</summary>
    public DateTimeOffset CancelableUntil => IsExtended ? EndOfTerm : _windowFrom + RefundableSeats.Window;

    private bool IsUndecided => IsLive && !AutoRenew && Scheduled == null;

    public void Begin(int quantity, DateTimeOffset startedOn, DateTimeOffset lastDay, TimeSpan provisioningDelay)
    {
        SetStatus(SubscriptionStatus.Active, startedOn);
        BeginTerm(startedOn, lastDay);
        SetQuantity(quantity, startedOn, provisioningDelay);
    }

    /// <summary>Sets the number of seats; additional ones reach the directory only when they are provisioned.</summary>
    public void SetQuantity(int quantity, DateTimeOffset now, TimeSpan provisioningDelay)
    {
        if (quantity > Quantity)
        {
            Refundable.Add(quantity - Quantity, now);
        }
        else
        {
            Refundable.Refund(Quantity - quantity);
        }

        _formerSeats = Math.Min(Seats(now), quantity);
        _seatsFrom = quantity > _formerSeats ? now + provisioningDelay : now;
        Quantity = quantity;
    }

    /// <summary>The seats in the directory.</summary>
    public int Seats(DateTimeOffset now) => !IsProvisionable ? 0 : IsProvisioned(now) ? Quantity : _formerSeats;

    public bool IsProvisioned(DateTimeOffset now) => now >= _seatsFrom;

    public void SetStatus(SubscriptionStatus status, DateTimeOffset since)
    {
        Status = status;
        StatusSince = since;
        _undecidedSince = since;
        if (status != SubscriptionStatus.Active)
        {
            Scheduled = null;
        }
    }

    /// <summary>Decides what happens when the term ends.</summary>
    public void SetRenewal(bool autoRenew, ScheduledAction? scheduled, DateTimeOffset now)
    {
        var wasUndecided = IsUndecided;
        _autoRenew = autoRenew;
        Scheduled = scheduled;
        if (!wasUndecided)
        {
            _undecidedSince = now;
        }
    }

    /// <summary>Ends it with its term, for good.</summary>
    public void End()
    {
        SetStatus(SubscriptionStatus.Disabled, EndOfTerm);
        IsEnded = true;
    }

    /// <summary>Extends it by a month at the end of its term.</summary>
    public void Extend()
    {
        var extendedOn = EndOfTerm;
        if (!IsExtended)
        {
            _extended = (Term, BillingCycle);
            IsExtended = true;
        }

        Term = ExtendedService.Term;
        BillingCycle = ExtendedService.BillingCycle;
        PromotionId = null;
        Scheduled = ScheduledAction.Extension;
        Refundable.Clear();
        BeginTerm(extendedOn, TermCalendar.LastDay(extendedOn, Term));
    }

    /// <summary>Begins the next term, with the scheduled changes.</summary>
    public void Renew()
    {
        var renewedOn = EndOfTerm;
        if (IsExtended)
        {
            (Term, BillingCycle) = _extended;
            IsExtended = false;
        }

        if (NextTerm is { } next)
        {
            OfferId = next.CatalogItemId;
            OfferName = next.Product.Title;
            Sku = next.Product.Sku;
            IsTrial = next.Product.IsTrial;
            Term = next.Term.Duration;
            BillingCycle = next.Term.BillingCycle;
            PromotionId = next.PromotionId;
            SetQuantity(next.Quantity, renewedOn, TimeSpan.Zero);
        }

        BeginTerm(renewedOn, NextTerm?.TermEnd ?? TermCalendar.LastDay(renewedOn, Term));
        Scheduled = null;
        Refundable.Clear();
        Refundable.Add(Quantity, renewedOn);
    }

    /// <summary>Converts a trial to a paid subscription.</summary>
    public void Convert(Offer offer, int quantity, string billingCycle, DateTimeOffset now, TimeSpan provisioningDelay)
    {
        OfferId = offer.Id;
        OfferName = offer.Name;
        IsTrial = false;
        SetRenewal(autoRenew: true, scheduled: null, now);
        BillingCycle = billingCycle;
        Term = "P1Y";
        BeginTerm(now, TermCalendar.LastDay(now, Term));
        SetQuantity(quantity, now, provisioningDelay);
        IncrementVersion();
    }

    /// <summary>Changes it to another product of new commerce during its term, and removes its schedule.</summary>
    /// <param name="item">The new product.</param>
    /// <param name="quantity">The new number of seats.</param>
    /// <param name="term">The term and billing cycle. A longer term begins now, the same one continues; only a trial or an extended term gets a new cancellation window.</param>
    /// <param name="now">The current time.</param>
    public void Become(Availability item, int quantity, ProductTerm term, DateTimeOffset now)
    {
        var isPurchase = IsTrial || IsExtended;
        var beginsTerm = isPurchase || !AnyCase.AreEqual(Term, term.Duration);
        SetRenewal(AutoRenew || IsTrial, scheduled: null, now);
        OfferId = item.CatalogItemId;
        OfferName = item.Sku.Title;
        Sku = item.Sku.Sku;
        IsTrial = false;
        IsExtended = false;
        Term = term.Duration;
        BillingCycle = term.BillingCycle;
        PromotionId = null;
        SetQuantity(quantity, now, TimeSpan.Zero);
        if (beginsTerm)
        {
            (TermStartedOn, CommitmentEndDate) = (now, TermCalendar.LastDay(now, Term));
            _windowFrom = isPurchase ? now : _windowFrom;
        }
    }

    /// <summary>Copies the cancellation window of the subscription that it was split from.</summary>
    public void InheritCancellationWindow(Subscription other)
    {
        _windowFrom = other._windowFrom;
        Refundable.Clear();
        Refundable.Add(Quantity, _windowFrom);
    }

    public void IncrementVersion() => Version++;

    private void BeginTerm(DateTimeOffset startedOn, DateTimeOffset lastDay)
    {
        TermStartedOn = startedOn;
        CommitmentEndDate = lastDay;
        _windowFrom = startedOn;
    }
}
