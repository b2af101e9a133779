using System;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>A subscription of one customer, as of the last time it was brought up to date with the clock.</summary>
internal sealed class Subscription
{
    private int _formerSeats;
    private DateTimeOffset _seatsFrom;
    private DateTimeOffset _undecidedSince;
    private DateTimeOffset _windowFrom;
    private bool _autoRenew;

    // The term and billing cycle that an extension has taken the place of.
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

    /// <summary>The promotion its present term was bought with.</summary>
    public string? PromotionId { get; set; }

    public int Quantity { get; private set; }

    public string BillingCycle { get; set; } = "";

    /// <summary>An ISO 8601 period; legacy subscriptions have a term of one year without saying so.</summary>
    public string Term { get; set; } = "P1Y";

    public bool IsTrial { get; set; }

    /// <summary>Bought beside a base subscription rather than in place of one.</summary>
    public bool IsAddOn { get; init; }

    public bool AutoRenew
    {
        get => _autoRenew;
        init => _autoRenew = value;
    }

    public DateTimeOffset CreatedOn { get; init; }

    /// <summary>The list of subscriptions may run behind.</summary>
    public DateTimeOffset ListedFrom { get; init; }

    /// <summary>When the present term began: by purchase or by renewal.</summary>
    public DateTimeOffset TermStartedOn { get; private set; }

    /// <summary>The last day of the term: the subscription runs through it.</summary>
    public DateTimeOffset CommitmentEndDate { get; private set; }

    public SubscriptionStatus Status { get; private set; }

    public DateTimeOffset StatusSince { get; private set; }

    /// <summary>Counts the writes; an etag names one version.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>False where its seats never reach the directory.</summary>
    public bool IsProvisionable { get; init; } = true;

    /// <summary>The legacy subscription the service made it from; null for what was bought.</summary>
    public string? MigratedFromId { get; init; }

    /// <summary>Only new commerce gives seats back.</summary>
    public RefundableSeats Refundable { get; } = new();

    /// <summary>What shall happen at the end of the term; null for what <see cref="AutoRenew"/> says.</summary>
    public ScheduledAction? Scheduled { get; private set; }

    public NextTerm? NextTerm => Scheduled?.NextTerm;

    /// <summary>Since when it neither renews nor has an action; null where it does.</summary>
    public DateTimeOffset? UndecidedSince => IsUndecided ? _undecidedSince : null;

    /// <summary>In an extended service term: until somebody cancels or converts it.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>It was canceled at the end of its term, so that nobody can recover it.</summary>
    public bool IsEnded { get; private set; }

    public bool IsLive => Status == SubscriptionStatus.Active;

    public DateTimeOffset EndOfTerm => TermCalendar.EndOf(CommitmentEndDate);

    /// <summary>New commerce can be canceled until then; an extended term at any time.</summary>
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

    /// <summary>The seats the directory knows of.</summary>
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

    /// <summary>Ends with its term, beyond recovery.</summary>
    public void End()
    {
        SetStatus(SubscriptionStatus.Disabled, EndOfTerm);
        IsEnded = true;
    }

    /// <summary>Goes on for a month at the end of this term, and so on until somebody decides otherwise.</summary>
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

    /// <summary>Begins another term at the end of this one, changed as scheduled.</summary>
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

    /// <summary>Turns a trial into what was paid for.</summary>
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

    /// <summary>Becomes another product of new commerce in the middle of its term; what was scheduled is gone.</summary>
    /// <param name="item">What it becomes.</param>
    /// <param name="quantity">With how many seats.</param>
    /// <param name="term">With which term and billing cycle. A longer term begins now, the same one goes on; only what was a trial or extended gets another window to cancel.</param>
    /// <param name="now">When.</param>
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

    /// <summary>Can be canceled, and its seats given back, as long as those of another one, of which it was a part.</summary>
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
