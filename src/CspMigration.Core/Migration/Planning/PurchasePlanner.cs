using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Purchasing;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;

namespace CspMigration.Core.Migration.Planning;

/// <summary>
/// Decides what is bought for the sources of one customer. Every rule is a named check: the real run stops at the first
/// that fails, and Test-SubscriptionMigration shows them all. Nothing is sent.
/// </summary>
internal sealed class PurchasePlanner
{
    private const string DefaultTerm = "P1Y";
    private const int UsersAtOnce = 32;

    private readonly MigrationOperation _operation;
    private readonly CustomerView _view;
    private readonly PurchaseOptions _options;
    private readonly SaleFinder _sales;
    private readonly List<Purchase> _purchases = [];
    private string _country = "";

    public PurchasePlanner(MigrationOperation operation, CustomerView view, PurchaseOptions options)
    {
        _operation = operation;
        _view = view;
        _options = options;
        _sales = new SaleFinder(operation);
    }

    /// <summary>The customer, once it has been read.</summary>
    private Customer? Customer { get; set; }

    /// <summary>Checks the sources of the customer and decides.</summary>
    /// <param name="cases">The sources; each keeps what its checks found.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Purchase>> PlanAsync(IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        // Counted before the service is read: what is written in between makes the plan void.
        foreach (var source in cases.Where(source => source.Row.SubscriptionId is not null || source.Row.SkuId is not null))
        {
            source.EntriesKnown = _operation.Journal.View.PurchaseEntries(_view.CustomerId, source.Key);
        }

        await CheckCustomerAsync(cases, cancellationToken).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Rights, () => CheckRightsAsync(cancellationToken)).ConfigureAwait(false);
        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.Source, () => CheckSourceAsync(source, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.AddOns, () => CheckAddOnsAsync(source, cases, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases))
        {
            await CheckAsync([source], ReadinessRule.Target, () => CheckTargetAsync(source, cancellationToken)).ConfigureAwait(false);
        }

        foreach (var source in Open(cases).Where(source => source.IsOpen))
        {
            await CheckAsync([source], ReadinessRule.Successor, () => CheckSuccessorAsync(source, cancellationToken)).ConfigureAwait(false);
        }

        var served = _purchases.SelectMany(purchase => purchase.Cases).ToList();
        var unserved = Open(cases).Except(served).ToList();
        foreach (var group in unserved.GroupBy(source => source.Target!.SkuId ?? source.Target.Name, StringComparer.OrdinalIgnoreCase))
        {
            await PlanGroupAsync([.. group], cancellationToken).ConfigureAwait(false);
        }

        return _purchases;
    }

    /// <summary>Decides a purchase that has no source (the documents' "create a new subscription").</summary>
    /// <exception cref="CspMigrationException">A check failed.</exception>
    public async Task<Purchase> PlanWithoutSourceAsync(CancellationToken cancellationToken)
    {
        _ = await CheckRelationshipAsync(cancellationToken).ConfigureAwait(false);
        _ = CheckCountry();
        var wanted = _options.Target ?? throw new InvalidOperationException("A purchase without a source needs a target.");
        var quantity = _options.Quantity ?? throw new InvalidOperationException("A purchase without a source needs a quantity.");
        var target = TargetChooser.Find(_operation.Session.Map, mapping: null, wanted)
            ?? await _sales.FindTargetAsync(wanted, _country, cancellationToken).ConfigureAwait(false);
        var friendlyName = PurchaseMark.AppendNew(_options.FriendlyName ?? target.Name);
        var entriesKnown = _operation.Journal.View.PurchaseEntries(_view.CustomerId, friendlyName);
        if (await FindBoughtAsync(target, wanted, friendlyName, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            return await ChooseAddOnsAsync(Use(existing, [], target, TargetOutcome.Resumed, friendlyName), cancellationToken).ConfigureAwait(false);
        }

        if (await FindOpenAsync(target, wanted, friendlyName, cancellationToken).ConfigureAwait(false) is { } open)
        {
            return Use(null, [], target, TargetOutcome.Purchased, friendlyName) with
            {
                Way = (PurchaseWay)Enum.Parse(typeof(PurchaseWay), open.Way ?? nameof(PurchaseWay.Order)),
                Quantity = open.Quantity ?? quantity,
                BillingCycle = open.BillingCycle ?? "",
                Open = open,
                EntriesKnown = entriesKnown,
            };
        }

        var sale = await FindSaleAsync([], target, quantity, cancellationToken).ConfigureAwait(false);
        _ = await CheckSegmentAsync(sale, cancellationToken).ConfigureAwait(false);
        var (term, cycle) = ChooseTerm(sale, source: null);
        CheckQuantity(sale.Offer, target, quantity);
        _ = await CheckAgreementAsync(cancellationToken).ConfigureAwait(false);
        var draft = Draft([], target, sale, quantity, term, cycle, friendlyName);
        var decided = await DecideWayAsync(draft, target, sale, needed: quantity, quantity, cancellationToken).ConfigureAwait(false);
        return await ChooseAddOnsAsync(decided with { EntriesKnown = entriesKnown }, cancellationToken).ConfigureAwait(false);
    }

    // Without a source, the same target and name are the same purchase.
    private async Task<Subscription?> FindBoughtAsync(SkuTarget target, string wanted, string friendlyName, CancellationToken cancellationToken)
    {
        foreach (var subscription in await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (subscription.IsActive
                && CustomerView.Same(subscription.FriendlyName, friendlyName)
                && await IsOfAsync(subscription.OfferId, target, wanted, cancellationToken).ConfigureAwait(false))
            {
                return subscription;
            }
        }

        return null;
    }

    private async Task<JournalEntry?> FindOpenAsync(SkuTarget target, string wanted, string friendlyName, CancellationToken cancellationToken)
    {
        foreach (var open in _operation.Journal.View.OpenNewPurchases(_view.CustomerId, friendlyName))
        {
            if (await IsOfAsync(open.OfferId, target, wanted, cancellationToken).ConfigureAwait(false))
            {
                return open;
            }
        }

        return null;
    }

    // An offer id, or product:sku with or without the availability.
    private async Task<bool> IsOfAsync(string? catalogId, SkuTarget target, string wanted, CancellationToken cancellationToken)
    {
        if (catalogId?.Split(':') is not { Length: > 1 } item)
        {
            return target.OfferIds.Any(offer => CustomerView.Same(offer.OfferId, catalogId));
        }

        var productSku = $"{item[0]}:{item[1]}";
        if (wanted.Contains(':'))
        {
            return CustomerView.Same(productSku, wanted);
        }

        // What is no longer sold cannot be told apart: better the same than bought twice.
        var sku = await _operation.Session.Offers.FindSkuAsync(_operation.Client, _country, segment: null, productSku, cancellationToken).ConfigureAwait(false);
        return sku is null || CustomerView.Same(sku.ProvisioningId, target.SkuId);
    }

    private static List<MigrationCase> Open(IEnumerable<MigrationCase> cases) => [.. cases.Where(source => source.IsOpen)];

    // One check for one or more sources: what it throws stops them, what it returns is noted.
    private static async Task CheckAsync(IReadOnlyList<MigrationCase> cases, string rule, Func<Task<Finding>> check)
    {
        if (cases.Count == 0)
        {
            return;
        }

        try
        {
            var finding = await check().ConfigureAwait(false);
            foreach (var source in cases)
            {
                source.Note(rule, finding);
            }
        }
        catch (CspMigrationException e)
        {
            foreach (var source in cases)
            {
                source.Fail(rule, e.About(source.Row.CustomerId, source.Row.SubscriptionId));
            }
        }
    }

    // Design rule 22: before buying, prove that licences can be moved.
    private async Task<Finding> CheckRightsAsync(CancellationToken cancellationToken)
    {
        if (await _operation.Session.IsAppOnlyAsync(_operation.Observer, cancellationToken).ConfigureAwait(false))
        {
            throw ErrorCatalog.AppOnlyToken.Exception("This sign-in is an application's own (app-only); users' licences can only be moved on behalf of a user.");
        }

        _ = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        return Finding.Pass("The sign-in can read the customer's SKUs, and so move licences.");
    }

    private async Task<Finding> CheckSourceAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        if (source.Row.SubscriptionId is not { } subscriptionId)
        {
            return Finding.Warn(
                $"{source.Row.Quantity} units of {source.Name} were bought through another channel.",
                "The customer cancels them there, near their end: nothing is refunded.");
        }

        var subscription = await _view.RequireSubscriptionAsync(subscriptionId, cancellationToken).ConfigureAwait(false);
        source.Subscription = subscription;
        if (!subscription.IsActive)
        {
            throw ErrorCatalog.NotOurSubscription.Exception(
                $"{subscription.OfferName} ({subscriptionId}) is {subscription.Status}: there is nothing to succeed.",
                action: "Make it active again with Resume-Subscription, or leave it out.");
        }

        var skuId = await _view.SkuIdOfAsync(subscriptionId, cancellationToken).ConfigureAwait(false)
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service does not say which directory SKU {subscriptionId} belongs to.");
        source.Row = source.Row with { SkuId = skuId };
        return subscription.AutoRenewEnabled
            ? Finding.Warn(
                $"{source.Name}, {subscription.Quantity} seats: {source.Row.RenewalStatus}.",
                "It renews unless the migration is finished, or auto-renew is turned off with Set-Subscription, before.")
            : Finding.Pass($"{source.Name}, {subscription.Quantity} seats: {source.Row.RenewalStatus}.");
    }

    // Design rule 9: an add-on is suspended before its base, so one that nobody migrates keeps the base active.
    private async Task<Finding> CheckAddOnsAsync(MigrationCase source, IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var left = subscriptions.Where(other => other.IsActive
            && CustomerView.Same(other.ParentSubscriptionId, source.Row.SubscriptionId)
            && !cases.Any(with => CustomerView.Same(with.Row.SubscriptionId, other.Id))).ToList();
        return left.Count == 0
            ? Finding.Pass("No add-on is left behind.")
            : Finding.Warn(
                $"{string.Join(", ", left.Select(addOn => $"{addOn.OfferName} ({addOn.Id})"))} is not migrated with it: the old base will not be suspended.",
                "Migrate the add-on too (-IncludeAutoRenew finds those that renew), or suspend it.",
                ErrorCatalog.AddOnStillActive.Id);
    }

    private async Task CheckCustomerAsync(IReadOnlyList<MigrationCase> cases, CancellationToken cancellationToken)
    {
        await CheckAsync(cases, ReadinessRule.Cloud, () => Task.FromResult(CheckCloud())).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Relationship, () => CheckRelationshipAsync(cancellationToken)).ConfigureAwait(false);
        await CheckAsync(Open(cases), ReadinessRule.Country, () => Task.FromResult(CheckCountry())).ConfigureAwait(false);
        foreach (var source in Open(cases))
        {
            source.Row = source.Row with { Country = _country, CustomerName = source.Row.CustomerName ?? Customer?.CompanyName };
        }
    }

    // Design rule 19.
    private Finding CheckCloud()
    {
        return _operation.Session.Partner.Environment == PartnerEnvironment.China
            ? throw ErrorCatalog.NoDelegatedRights.Exception(
                "The cloud operated by 21Vianet has no interface for users' licences.",
                action: "Buy without a source (-CustomerId, -Target, -Quantity), and move the licences in the portal.")
            : Finding.Pass("The cloud has everything the migration needs.");
    }

    // Design rule 16.
    private async Task<Finding> CheckRelationshipAsync(CancellationToken cancellationToken)
    {
        Customer = await _view.CustomerAsync(cancellationToken).ConfigureAwait(false);
        _country = Customer.Country ?? _operation.Session.Partner.Country
            ?? throw ErrorCatalog.UnexpectedAnswer.Exception($"The service does not say in which country {Customer.CompanyName} is.");
        return Customer.IsOurs
            ? Finding.Pass("Reseller.")
            : throw ErrorCatalog.NoDelegatedRights.Exception(
                $"The relationship to {Customer.CompanyName} is \"{Customer.RelationshipToPartner}\": only a reseller may buy.",
                action: "Ask the customer with Request-ResellerRelationship; run the same line again when the invitation is accepted.");
    }

    // Design rule 17.
    private Finding CheckCountry()
    {
        var partner = _operation.Session.Partner.Country;
        if (partner is null)
        {
            return Finding.NotApplicable("The service does not say in which country the partner is.");
        }

        return SalesRegions.MaySell(partner, _country) switch
        {
            true => Finding.Pass($"Partner in {partner}, customer in {_country}."),
            false => throw ErrorCatalog.CountryMismatch.Exception($"The partner is in {partner}, the customer {Customer?.CompanyName} in {_country}."),
            _ => Finding.Warn(
                $"The partner is in {partner}, the customer in {_country}: whether both are in one sales region only the service knows.",
                "It refuses the purchase where they are not; nothing is lost then."),
        };
    }

    // Design rules 2, 3, 4 and 18.
    private async Task<Finding> CheckTargetAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var map = _operation.Session.Map;
        source.Mapping = map.Find(source.Row.OfferId, source.SkuId)
            ?? map.Find(offerId: null, partNumber: (await _view.SkuAsync(source.SkuId, cancellationToken).ConfigureAwait(false))?.PartNumber);
        if (source.Mapping is not null)
        {
            source.Row = source.Row with { Targets = source.Mapping.Targets };
        }

        var isConversion = source.Subscription?.IsTrial == true
            || _operation.Journal.View.Purchase(_view.CustomerId, source.Key) is { Way: nameof(PurchaseWay.Conversion) };
        if (isConversion && _options.Target is null && source.Mapping is null)
        {
            // A trial's own conversion says what it becomes (design rule 8).
            return Finding.Pass("A trial: the service names what it can be converted to.");
        }

        if (_options.Target is { } wanted)
        {
            source.Target = TargetChooser.Find(map, source.Mapping, wanted)
                ?? await _sales.FindTargetAsync(wanted, _country, cancellationToken).ConfigureAwait(false);
            return Finding.Pass($"{source.Target.Name}, as asked for.");
        }

        if (source.Mapping is null)
        {
            source.IsUnmapped = true;
            return new UnmappedSource(source.Row).ToFinding();
        }

        source.Target = source.Mapping.Targets[0];
        return Finding.Pass($"{source.Target.Name}, the map's default for {source.Mapping.Source}.");
    }

    // What an earlier run bought, or began; and trials, which become their own successors.
    private async Task<Finding> CheckSuccessorAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var marked = subscriptions.Where(other => PurchaseMark.Names(other.FriendlyName, source.Key) && !CustomerView.Same(other.Id, source.Row.SubscriptionId)).ToList();
        var existing = marked.FirstOrDefault(other => other.IsActive) ?? FromJournal(source, subscriptions);
        if (existing is not null)
        {
            _purchases.Add(await ResumeAsync(source, existing, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{existing.OfferName} ({existing.Id}) was bought for it by an earlier run.");
        }

        if (_operation.Journal.View.OpenPurchase(_view.CustomerId, source.Key) is { } open)
        {
            await FinishAsync(source, open, subscriptions, cancellationToken).ConfigureAwait(false);
            return Finding.Pass($"An earlier run sent a purchase for it on {open.At:u} and did not hear of its outcome: it is finished first.");
        }

        if (source.Subscription?.IsTrial == true)
        {
            _purchases.Add(await PlanConversionAsync(source, cancellationToken).ConfigureAwait(false));
            return Finding.Pass("The trial is converted in place.");
        }

        if (subscriptions.FirstOrDefault(other => other.IsActive && PurchaseMark.NamesSeats(other.FriendlyName, source.Key)) is { } resized)
        {
            _purchases.Add(await ResumeResizeAsync(source, resized, cancellationToken).ConfigureAwait(false));
            return Finding.Pass($"{resized.OfferName} ({resized.Id}) was given seats for it by an earlier run.");
        }

        if (marked.FirstOrDefault(other => other.IsSuspended && IsReactivatable(other)) is { } suspended)
        {
            _purchases.Add(Use(suspended, [source], source.Target!, TargetOutcome.Reactivated, suspended.FriendlyName ?? ""));
            return Finding.Pass($"{suspended.OfferName} ({suspended.Id}) was bought for it and suspended since: it is made active again.");
        }

        return Finding.Pass("None yet.");
    }

    private async Task<Purchase> ResumeAsync(MigrationCase source, Subscription existing, CancellationToken cancellationToken)
    {
        var isConverted = CustomerView.Same(existing.Id, source.Row.SubscriptionId);
        var purchase = Use(existing, [source], source.Target ?? Own(existing), isConverted ? TargetOutcome.Converted : TargetOutcome.Resumed, existing.FriendlyName ?? "");
        var skuId = await _view.SkuIdOfAsync(existing.Id, cancellationToken).ConfigureAwait(false);
        purchase = purchase with { Offer = purchase.Offer with { SkuId = skuId ?? purchase.Offer.SkuId } };
        return await ChooseAddOnsAsync(purchase, cancellationToken).ConfigureAwait(false);
    }

    // The purchase as it was written down; sources that were one purchase are one again.
    private async Task FinishAsync(MigrationCase source, JournalEntry open, IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken)
    {
        var begun = _purchases.FindIndex(other => other.Open?.RequestId == open.RequestId);
        if (begun >= 0)
        {
            _purchases[begun] = _purchases[begun] with { Cases = [.. _purchases[begun].Cases, source] };
            return;
        }

        var way = (PurchaseWay)Enum.Parse(typeof(PurchaseWay), open.Way ?? nameof(PurchaseWay.Order));
        var existing = subscriptions.FirstOrDefault(other => CustomerView.Same(other.Id, open.SubscriptionId));
        var conversion = way == PurchaseWay.Conversion ? await PlanConversionAsync(source, cancellationToken).ConfigureAwait(false) : null;
        _purchases.Add(new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = Customer?.CompanyName,
            Cases = [source],
            Way = way,
            Outcome = way switch
            {
                PurchaseWay.Reactivation => TargetOutcome.Reactivated,
                PurchaseWay.Resize => TargetOutcome.Resized,
                PurchaseWay.Conversion => TargetOutcome.Converted,
                _ => TargetOutcome.Purchased,
            },
            Offer = new TargetOffer
            {
                Id = open.OfferId ?? "",
                Name = open.OfferName ?? source.Target?.Name,
                SkuId = open.SkuId ?? source.Target?.SkuId,
                Commerce = way == PurchaseWay.Cart ? CommerceKind.NewCommerce : CommerceKind.Legacy,
            },
            Quantity = open.Quantity ?? source.Seats,
            BillingCycle = open.BillingCycle ?? "",
            TermDuration = open.TermDuration ?? DefaultTerm,
            FriendlyName = open.FriendlyName ?? "",
            PartnerIdOnRecord = open.PartnerIdOnRecord,
            Existing = existing,
            Conversion = conversion?.Conversion,
            Open = open,
            Options = _options,
        });
    }

    // Where somebody has changed the name, the journal still knows which of the customer's subscriptions is ours.
    private Subscription? FromJournal(MigrationCase source, IReadOnlyList<Subscription> subscriptions)
    {
        if (_operation.Journal.View.Purchase(source.Row.CustomerId, source.Key) is not { SubscriptionId: { } boughtId })
        {
            return null;
        }

        var bought = subscriptions.FirstOrDefault(other => CustomerView.Same(other.Id, boughtId))
            ?? throw ErrorCatalog.JournalOfAnotherTenant.Exception(
                $"By the journal {_operation.Journal.Path} the successor of {source.Name} is {boughtId}, which the service does not know.");
        return bought.IsActive ? bought : null;
    }

    private static SkuTarget Own(Subscription subscription) => new() { Name = subscription.OfferName ?? subscription.OfferId ?? subscription.Id };

    // The name was marked before the seats were added: whether they were, the journal knows, or the free seats show.
    private async Task<Purchase> ResumeResizeAsync(MigrationCase source, Subscription resized, CancellationToken cancellationToken)
    {
        var used = Use(resized, [source], source.Target!, TargetOutcome.Resumed, resized.FriendlyName ?? "");
        if (_operation.Journal.View.Purchase(_view.CustomerId, source.Key) is not null)
        {
            return used;
        }

        var skuId = await _view.SkuIdOfAsync(resized.Id, cancellationToken).ConfigureAwait(false) ?? "";
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var users = await CustomerFacts.UsersToMoveAsync(_view, source.SkuId, [source.Key], cancellationToken).ConfigureAwait(false);
        return LicensePool.Of(skus, skuId).Free >= users
            ? used
            : throw ErrorCatalog.ResizeInDoubt.Exception(
                $"{resized.OfferName} ({resized.Id}) has {resized.Quantity} seats; whether seats were added to it for {source.Name} nobody knows: the journal is lost.");
    }

    private bool IsReactivatable(Subscription subscription) => subscription.CommitmentEnd is null || subscription.CommitmentEnd > _operation.Time.GetUtcNow();

    // Design rule 8.
    private async Task<Purchase> PlanConversionAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var trial = source.Subscription!;
        var conversions = await _operation.Client.Conversions.ListAsync(_view.CustomerId, trial.Id, cancellationToken).ConfigureAwait(false);
        var offers = await _operation.Session.Offers.ListLegacyAsync(_operation.Client, _country, cancellationToken).ConfigureAwait(false);
        var wanted = source.Target;
        var conversion = conversions.FirstOrDefault(candidate => wanted is null
                || wanted.OfferIds.Any(offer => CustomerView.Same(offer.OfferId, candidate.TargetOfferId))
                || (wanted.SkuId is not null && offers.TryGetValue(candidate.TargetOfferId, out var to) && CustomerView.Same(to.SkuId, wanted.SkuId)))
            ?? throw ErrorCatalog.TargetNotOnSale.Exception(
                $"The trial {trial.OfferName} cannot be converted to {wanted?.Name ?? "anything"}.",
                action: conversions.Count == 0 ? null : $"It can be converted to {string.Join(", ", conversions.Select(candidate => candidate.TargetOfferId))}: name one with -Target.");
        var offer = offers.TryGetValue(conversion.TargetOfferId, out var sold)
            ? sold
            : new TargetOffer { Id = conversion.TargetOfferId, Name = wanted?.Name, SkuId = source.SkuId };
        var quantity = _options.Quantity ?? (conversion.Quantity > 0 ? conversion.Quantity : trial.Quantity);
        CheckQuantity(offer, wanted, quantity);
        var sale = Sale.Legacy(offer, mayFallBack: false);
        var (term, cycle) = ChooseTerm(sale, source, conversion.BillingCycle);
        return Draft([source], wanted ?? new SkuTarget { Name = offer.Name ?? offer.Id }, sale, quantity, term, cycle, trial.FriendlyName ?? "") with
        {
            Way = PurchaseWay.Conversion,
            Outcome = TargetOutcome.Converted,
            Existing = trial,
            Conversion = conversion,
        };
    }

    private async Task PlanGroupAsync(List<MigrationCase> cases, CancellationToken cancellationToken)
    {
        var target = cases[0].Target!;
        SeatNeed? need = null;
        Sale? sale = null;
        string? term = null;
        string? cycle = null;
        await StepAsync(ReadinessRule.Seats, async () =>
        {
            need = await CountSeatsAsync(cases, target, cancellationToken).ConfigureAwait(false);
            return Finding.Pass(need.Explanation);
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.OnSale, async () =>
        {
            sale = await FindSaleAsync(cases, target, need!.Quantity, cancellationToken).ConfigureAwait(false);
            need = need.AtLeast(Math.Max(sale.Offer.MinimumQuantity, target.MinimumQuantity));
            return Finding.Pass($"{sale.Offer.Name} ({sale.Offer.Id}). {sale.Remark}".TrimEnd());
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Segment, () => CheckSegmentAsync(sale!, cancellationToken)).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Term, () =>
        {
            (term, cycle) = ChooseTerm(sale!, cases[0]);
            return Task.FromResult(Finding.Pass($"{term}, billed {cycle}."));
        }).ConfigureAwait(false);
        Purchase? purchase = null;
        await StepAsync(ReadinessRule.Limit, async () =>
        {
            var name = PurchaseMark.Append(_options.FriendlyName ?? target.Name, cases.Select(source => source.Key));
            var draft = Draft(cases, target, sale!, need!.Quantity, term!, cycle!, name);
            purchase = await DecideWayAsync(draft, target, sale!, need.Users, need.Quantity, cancellationToken).ConfigureAwait(false);
            return Finding.Pass(Explain(purchase));
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Quantity, () =>
        {
            if (purchase!.Way != PurchaseWay.None)
            {
                CheckQuantity(sale!.Offer, target, purchase.Quantity);
            }

            return Task.FromResult(Finding.Pass($"{purchase.Quantity} seats."));
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Prerequisite, async () =>
        {
            purchase = await FindParentAsync(purchase!, cancellationToken).ConfigureAwait(false);
            purchase = await ChooseAddOnsAsync(purchase, cancellationToken).ConfigureAwait(false);
            return purchase.Parent is { } parent
                ? Finding.Pass($"An add-on to {parent.OfferName} ({parent.Id}).")
                : Finding.NotApplicable("Not an add-on.");
        }).ConfigureAwait(false);
        await StepAsync(ReadinessRule.Agreement, () => CheckAgreementAsync(cancellationToken)).ConfigureAwait(false);
        await StepAsync(ReadinessRule.PartnerOfRecord, () => Task.FromResult(purchase!.PartnerIdOnRecord is { } partner
            ? Finding.Pass($"The purchase carries the partner {partner}.")
            : Finding.NotApplicable("The source has none."))).ConfigureAwait(false);
        if (purchase is not null && Open(cases).Count > 0)
        {
            _purchases.Add(purchase);
        }

        Task StepAsync(string rule, Func<Task<Finding>> check) => CheckAsync(Open(cases), rule, check);
    }

    // Design rules 9, 12 and 23.
    private async Task<SeatNeed> CountSeatsAsync(List<MigrationCase> cases, SkuTarget target, CancellationToken cancellationToken)
    {
        var count = await new SeatCounter(_operation, _view, UsersAtOnce).CountAsync(cases, cancellationToken).ConfigureAwait(false);
        var isSameSku = cases.TrueForAll(source => CustomerView.Same(source.SkuId, target.SkuId));
        if (_options.Quantity is { } asked)
        {
            return new SeatNeed(asked, count.Users, $"{asked} seats, as asked for; {count.Users} users are to be moved.");
        }

        if (_options.RightSize)
        {
            var quantity = Math.Max(count.Users, target.MinimumQuantity);
            return new SeatNeed(quantity, count.Users, $"{quantity} seats for {count.Users} users.", isRightSized: true);
        }

        return count.Users > count.Quantity && !isSameSku
            ? throw ErrorCatalog.TooFewSeats.Exception(
                $"{count.Users} users hold a licence of {string.Join(" or ", cases.Select(source => source.Name))}; the source has only {count.Quantity} seats.")
            : new SeatNeed(count.Quantity, count.Users, count.Explanation);
    }

    private async Task<Sale> FindSaleAsync(List<MigrationCase> cases, SkuTarget target, int quantity, CancellationToken cancellationToken)
    {
        var skus = target.SkuId is null ? [] : await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var owned = target.SkuId is { } skuId ? LicensePool.Of(skus, skuId).Active : 0;
        return await _sales.FindAsync(
            _view, target, _options, owned + quantity, _country, cases.SelectMany(source => source.Row.Targets), cancellationToken).ConfigureAwait(false);
    }

    // Design rule 6.
    private async Task<Finding> CheckSegmentAsync(Sale sale, CancellationToken cancellationToken)
    {
        var segment = sale.Offer.Segment;
        if (segment is null or Segments.Commercial)
        {
            return Finding.Pass("Sold to everybody.");
        }

        var qualifications = await _view.QualificationsAsync(cancellationToken).ConfigureAwait(false);
        return Segments.MayBuy(segment, qualifications)
            ? Finding.Pass($"The customer is qualified for {segment}.")
            : throw ErrorCatalog.SegmentMismatch.Exception($"{sale.Offer.Name} is sold to {segment} customers only; {Customer?.CompanyName} is not qualified as one.");
    }

    // Design rule 6: cycle and term default to the source's; a legacy source without a term gives P1Y.
    private (string Term, string Cycle) ChooseTerm(Sale sale, MigrationCase? source, string? defaultCycle = null)
    {
        // A trial has one cycle and one term: there is nothing to choose.
        var only = sale.Offer is { IsTrial: true } trial ? trial : null;
        var cycle = _options.BillingCycle ?? OwnCycle(source) ?? defaultCycle ?? only?.BillingCycles.FirstOrDefault() ?? "monthly";
        var own = source?.Subscription is { IsTrial: false } subscription ? subscription.TermDuration : null;
        var term = _options.Term ?? own ?? only?.Terms.FirstOrDefault() ?? DefaultTerm;

        // A legacy offer has one term, as a rule a year (API docs §7 and §16).
        var legacyTerm = sale.Offer.Terms.FirstOrDefault() ?? DefaultTerm;
        var fits = sale.NewCommerce is { } newCommerce
            ? newCommerce.CatalogItemId(term, cycle) is not null
            : CustomerView.Same(term, legacyTerm)
                && (sale.Offer.BillingCycles.Count == 0 || sale.Offer.BillingCycles.Contains(cycle, StringComparer.OrdinalIgnoreCase));
        if (!fits)
        {
            var sold = sale.NewCommerce is { } terms
                ? terms.Terms.Select(pair => pair.ToString()).Distinct()
                : sale.Offer.BillingCycles.Select(word => $"{legacyTerm} billed {word}");
            throw ErrorCatalog.TargetNotOnSale.Exception(
                $"{sale.Offer.Name} is not sold for {term} billed {cycle}.",
                action: $"It is sold {string.Join("; ", sold)}: choose with -Term and -BillingCycle{(sale.NewCommerce is null ? ", or with -Commerce New among other terms" : "")}.");
        }

        if (_options.TermEndDate is not null && sale.NewCommerce is null)
        {
            throw ErrorCatalog.TargetNotOnSale.Exception(
                $"{sale.Offer.Name} is a legacy offer: its term cannot be made to end on a chosen day.", action: "Leave -TermEndDate out, or buy with -Commerce New.");
        }

        return (term, cycle.ToLowerInvariant());
    }

    // Trials and other free subscriptions have none to go by.
    private static string? OwnCycle(MigrationCase? source)
    {
        var cycle = source?.Subscription?.BillingCycle?.ToLowerInvariant();
        return cycle is "monthly" or "annual" or "biennial" or "triennial" ? cycle : null;
    }

    private static void CheckQuantity(TargetOffer offer, SkuTarget? target, int quantity)
    {
        var minimum = Math.Max(offer.MinimumQuantity, target?.MinimumQuantity ?? 1);
        var maximum = offer.MaximumQuantity ?? int.MaxValue;
        if (quantity < minimum || quantity > maximum)
        {
            var limits = offer.MaximumQuantity is null ? $"from {minimum} seats" : $"with {minimum} to {maximum} seats";
            throw ErrorCatalog.QuantityOutOfRange.Exception($"{offer.Name} is sold {limits}; {quantity} would be bought.");
        }
    }

    // Nothing is sold to a customer who has not accepted the customer agreement (API docs §3, 13605).
    private async Task<Finding> CheckAgreementAsync(CancellationToken cancellationToken)
    {
        return await _operation.Client.Customers.HasAgreementAsync(_view.CustomerId, cancellationToken).ConfigureAwait(false)
                ? Finding.Pass("The customer's acceptance is recorded.")
                : throw ErrorCatalog.AgreementMissing.Exception($"The acceptance of the customer agreement by {Customer?.CompanyName} is not recorded.");
    }

    // Design rule 7: reuse, resize or reactivate what the customer has where the offer is limited; else use what has room; else buy.
    private async Task<Purchase> DecideWayAsync(
        Purchase draft, SkuTarget target, Sale sale, int needed, int quantity, CancellationToken cancellationToken)
    {
        if (target.SkuId is not { } skuId || _options.IsApproved)
        {
            return draft;
        }

        var offerIds = target.OfferIds.Select(offer => offer.OfferId).ToList();
        var sources = draft.Keys;
        var owned = (await CustomerFacts.SubscriptionsOfAsync(_view, skuId, offerIds, cancellationToken).ConfigureAwait(false))
            .Where(subscription => !sources.Contains(subscription.Id, StringComparer.OrdinalIgnoreCase)).ToList();
        var skus = await _view.SkusAsync(cancellationToken).ConfigureAwait(false);
        var free = LicensePool.Of(skus, skuId).Free;
        var active = owned.Where(subscription => subscription.IsActive).OrderByDescending(subscription => subscription.Quantity).ToList();
        var isSameSku = draft.Cases.Any(source => CustomerView.Same(source.SkuId, skuId));
        if (active.Count > 0 && draft.Cases.Count > 0 && !isSameSku && free >= needed)
        {
            return draft with { Way = PurchaseWay.None, Outcome = TargetOutcome.Reused, Existing = active[0], Quantity = active[0].Quantity };
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var isForLife = CustomerView.Same(sale.Offer.LimitUnit, "Lifetime");
        var limited = subscriptions.Where(other => CustomerView.Same(other.OfferId, sale.Offer.Id) && (isForLife || !other.IsDeleted)).ToList();
        if (sale.Offer.Limit is not { } limit || limited.Count < limit)
        {
            return draft;
        }

        if (limited.Find(subscription => subscription.IsActive) is { } grows)
        {
            // Seats that are free already count: a run that was interrupted does not add them again.
            var seats = grows.Quantity + Math.Max(0, quantity - free);
            return draft with { Way = PurchaseWay.Resize, Outcome = TargetOutcome.Resized, Existing = grows, Quantity = seats };
        }

        return limited.Find(subscription => subscription.IsSuspended && IsReactivatable(subscription)) is { } returns
            ? draft with
            {
                Way = PurchaseWay.Reactivation,
                Outcome = TargetOutcome.Reactivated,
                Existing = returns,
                Quantity = Math.Max(returns.Quantity, quantity),
            }
            : throw ErrorCatalog.OfferLimitReached.Exception(
                $"{sale.Offer.Name} is limited to {limit} for each customer ({sale.Offer.LimitUnit}), and {Customer?.CompanyName} has had {limited.Count} that cannot be used again.");
    }

    // Design rule 9: an add-on goes with an active base.
    private async Task<Purchase> FindParentAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var offer = purchase.Offer;
        if (!offer.IsAddOn || offer.Prerequisites.Count == 0 || purchase.Way is not (PurchaseWay.Order or PurchaseWay.Cart))
        {
            return purchase;
        }

        var subscriptions = await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false);
        var parent = subscriptions.FirstOrDefault(subscription => subscription.IsActive && offer.Prerequisites.Any(needed => IsOf(subscription, needed)));
        if (parent is null && !_purchases.Exists(other => offer.Prerequisites.Contains(other.Offer.Id, StringComparer.OrdinalIgnoreCase)))
        {
            throw ErrorCatalog.PrerequisiteMissing.Exception(
                $"{offer.Name} is an add-on to {string.Join(" or ", offer.Prerequisites)}; {Customer?.CompanyName} has none of them.");
        }

        return purchase.Way == PurchaseWay.Order && parent is not null
            ? purchase with { Way = PurchaseWay.AddOnOrder, Parent = parent }
            : purchase with { Parent = parent };

        static bool IsOf(Subscription subscription, string catalogId)
        {
            return CustomerView.Same(subscription.OfferId, catalogId)
                || (subscription.OfferId?.StartsWith(catalogId + ":", StringComparison.OrdinalIgnoreCase) ?? false);
        }
    }

    // The add-ons asked for, less those the base has already.
    private async Task<Purchase> ChooseAddOnsAsync(Purchase purchase, CancellationToken cancellationToken)
    {
        var missing = new List<Sale>();
        foreach (var wanted in _options.AddOns)
        {
            var addOn = await _sales.FindAddOnAsync(_view, purchase.Offer, wanted, _country, cancellationToken).ConfigureAwait(false);
            var isThere = purchase.Existing is { } existing
                && (await _view.SubscriptionsAsync(cancellationToken).ConfigureAwait(false)).Any(other => other.IsActive
                    && CustomerView.Same(other.FriendlyName, PurchaseMark.AppendWith(addOn.Offer.Name ?? addOn.Offer.Id, existing.Id)));
            if (!isThere)
            {
                missing.Add(addOn);
            }
        }

        return purchase with { AddOns = missing };
    }

    private Purchase Draft(List<MigrationCase> cases, SkuTarget target, Sale sale, int quantity, string term, string cycle, string friendlyName)
    {
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = Customer?.CompanyName,
            Cases = cases,
            Way = sale.NewCommerce is null ? PurchaseWay.Order : PurchaseWay.Cart,
            Outcome = TargetOutcome.Purchased,
            Offer = sale.Offer with { Name = sale.Offer.Name ?? target.Name, SkuId = sale.Offer.SkuId ?? target.SkuId },
            Quantity = quantity,
            BillingCycle = cycle,
            TermDuration = term,
            TermEndDate = _options.TermEndDate,
            FriendlyName = friendlyName,
            PartnerIdOnRecord = _options.PartnerIdOnRecord ?? cases.Select(source => source.Subscription?.PartnerId).FirstOrDefault(partner => partner is not null),
            CatalogItemId = sale.NewCommerce?.CatalogItemId(term, cycle),
            Remark = sale.Remark,
            Options = _options,
        };
    }

    // A successor that is there, or only needs to be made active.
    private Purchase Use(Subscription? existing, List<MigrationCase> cases, SkuTarget target, TargetOutcome outcome, string friendlyName)
    {
        return new Purchase
        {
            PartnerTenantId = _operation.PartnerTenantId,
            CustomerId = _view.CustomerId,
            CustomerName = Customer?.CompanyName,
            Cases = cases,
            Way = outcome == TargetOutcome.Reactivated ? PurchaseWay.Reactivation : PurchaseWay.None,
            Outcome = outcome,
            Offer = new TargetOffer
            {
                Id = existing?.OfferId ?? target.OfferIds.FirstOrDefault()?.OfferId ?? "",
                Name = existing?.OfferName ?? target.Name,
                SkuId = target.SkuId,
                Commerce = existing?.Commerce ?? CommerceKind.Legacy,
            },
            Quantity = existing?.Quantity ?? 0,
            BillingCycle = existing?.BillingCycle ?? "",
            TermDuration = existing?.TermDuration ?? DefaultTerm,
            FriendlyName = friendlyName,
            PartnerIdOnRecord = existing?.PartnerId,
            Existing = existing,
            Options = _options,
        };
    }

    private static string Explain(Purchase purchase)
    {
        return purchase.Way switch
        {
            PurchaseWay.None => $"{purchase.Existing!.OfferName} ({purchase.Existing.Id}) has enough free seats.",
            PurchaseWay.Resize => string.Format(
                CultureInfo.CurrentCulture, "{0} ({1}) grows from {2} to {3} seats.", purchase.Existing!.OfferName, purchase.Existing.Id, purchase.Existing.Quantity, purchase.Quantity),
            PurchaseWay.Reactivation => $"{purchase.Existing!.OfferName} ({purchase.Existing.Id}) is made active again.",
            _ => purchase.Offer.Limit is { } limit ? $"{limit} for each customer ({purchase.Offer.LimitUnit}); this one fits." : "Unlimited.",
        };
    }
}
