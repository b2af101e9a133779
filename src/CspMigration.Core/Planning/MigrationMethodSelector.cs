using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>Chooses the method by which a source of new commerce gets its target (docs/rules.md, rule 27).</summary>
internal sealed class MigrationMethodSelector
{
    private readonly PlanningContext _context;
    private readonly PurchaseBuilder _builder;

    public MigrationMethodSelector(PlanningContext context, PurchaseBuilder builder)
    {
        _context = context;
        _builder = builder;
    }

    private MigrationMethod Asked => _context.Options.Method;

    /// <summary>Reads what the service can do with a source, and has it change the source in place where that is asked for.</summary>
    /// <param name="source">The source, with its target chosen and none there yet.</param>
    /// <param name="purchases">Gets the change, where there is one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CspMigrationException"><c>MethodNotAvailable</c>.</exception>
    public async Task<Finding> CheckAsync(MigrationCase source, List<Purchase> purchases, CancellationToken cancellationToken)
    {
        // The list may be behind: what is changed in place, and restored by a rollback, is read on its own.
        if (Asked != MigrationMethod.Purchase && source.Subscription is { Commerce: CommerceKind.NewCommerce } listed)
        {
            source.Subscription = await _context.View.CurrentAsync(listed.Id, cancellationToken).ConfigureAwait(false);
        }

        source.InPlace = await TryFindAsync(source, cancellationToken).ConfigureAwait(false);
        var methods = source.InPlace;
        switch (Asked)
        {
            case MigrationMethod.Transition:
                var transition = methods.Transition ?? throw NotAvailable(source, methods.WhyNoTransition);
                Require(source);
                purchases.Add(_builder.ChangeInPlace(source, transition, isAtRenewal: false));
                return Finding.Pass(transition.MovesLicenses ? "A transition at once; the service moves the licenses." : "A transition at once; the users are moved by the module.");
            case MigrationMethod.Renewal:
                var renewal = methods.Renewal ?? throw NotAvailable(source, methods.WhyNoRenewal);
                Require(source);
                purchases.Add(_builder.ChangeInPlace(source, renewal, isAtRenewal: true));
                return Finding.Pass($"It becomes the target when it renews, after {UtcDay.Of(source.Subscription!.CommitmentEnd)}.");
            case MigrationMethod.Auto when methods.Transition is { MovesLicenses: true } whole && Conflict(source) is null:
                purchases.Add(_builder.ChangeInPlace(source, whole, isAtRenewal: false));
                return Finding.Pass("A transition at once; the service moves the licenses.");
            case MigrationMethod.Auto:
                return Finding.Pass($"A purchase: {(methods.Transition is null ? methods.WhyNoTransition : Conflict(source) is { } conflict ? $"a transition does not go with {conflict}." : "the service would not move the licenses.")}");
            default:
                return Finding.Pass(OthersOf([source]) is { } others ? $"A purchase. Without billing twice: {others}." : "A purchase.");
        }
    }

    /// <summary>The methods of some sources that avoid billing twice; null where not all of them have one.</summary>
    public static string? OthersOf(IReadOnlyCollection<MigrationCase> sources)
    {
        var shared = new[] { MigrationMethod.Transition, MigrationMethod.Renewal }.Where(method => sources.All(source => source.InPlace?.Available.Contains(method) == true)).ToList();
        return sources.Count == 0 || shared.Count == 0 ? null : string.Join(" or ", shared.Select(method => method == MigrationMethod.Transition ? "a transition" : "a change at the renewal"));
    }

    /// <summary>Fails where a source that gets its target in a way of its own is asked to get it by another.</summary>
    /// <exception cref="CspMigrationException"><c>MethodNotAvailable</c>.</exception>
    public static void RequireNoneInPlace(MigrationCase source, CustomerId customerId, MigrationMethod asked, string why)
    {
        if (asked is MigrationMethod.Transition or MigrationMethod.Renewal)
        {
            throw NotAvailable(source, customerId, asked, why, [MigrationMethod.Purchase]);
        }
    }

    private async Task<InPlaceMethods> TryFindAsync(MigrationCase source, CancellationToken cancellationToken)
    {
        var why = source switch
        {
            { Subscription: null } => "it was bought through another channel.",
            { Subscription.Commerce: not CommerceKind.NewCommerce } => "it is a legacy subscription.",
            { Subscription.IsTrial: true } => "it is a trial.",
            { Subscription.IsActive: false } => $"it is {source.Subscription.Status}.",
            _ => null,
        };
        if (why is not null)
        {
            return new InPlaceMethods { WhyNoTransition = why, WhyNoRenewal = why };
        }

        try
        {
            return await FindAsync(source, source.Subscription!, cancellationToken).ConfigureAwait(false);
        }
        catch (CspMigrationException e) when (Asked is MigrationMethod.Purchase)
        {
            // Nothing depends on the answer.
            _context.Operation.Observer.Verbose($"Whether the service offers a transition for {source.Name} could not be read: {e.Problem}");
            return new InPlaceMethods { WhyNoTransition = e.Problem, WhyNoRenewal = e.Problem };
        }
    }

    private async Task<InPlaceMethods> FindAsync(MigrationCase source, Subscription subscription, CancellationToken cancellationToken)
    {
        var transitions = _context.Operation.Client.Transitions;
        var now = await FindTargetAsync(source, await transitions.ListEligibilitiesAsync(_context.View.CustomerId, subscription.Id, atRenewal: false, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var later = await FindTargetAsync(source, await transitions.ListEligibilitiesAsync(_context.View.CustomerId, subscription.Id, atRenewal: true, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var name = source.Target!.Name;
        var whyNot = now is null ? $"the service offers no transition to {name}."
            : !now.IsEligible ? $"the service does not allow the transition to {name} now: {now.Problem}"
            : now.Quantity < subscription.Quantity ? $"the service offers the transition to {name} for {now.Quantity} of {subscription.Quantity} seats."
            : null;
        return new InPlaceMethods
        {
            Transition = whyNot is null ? now : null,
            WhyNoTransition = whyNot,
            Renewal = later,
            WhyNoRenewal = later is null ? $"the service offers no renewal as {name}." : null,
        };
    }

    // By its id where the map has it, else by the directory SKU of what is on sale: an eligibility does not name one.
    private async Task<TransitionEligibility?> FindTargetAsync(MigrationCase source, IReadOnlyList<TransitionEligibility> eligibilities, CancellationToken cancellationToken)
    {
        var (target, named) = (source.Target!, CatalogItemId.FromOrNull(_context.Options.Target));
        foreach (var eligibility in eligibilities)
        {
            var itemId = eligibility.CatalogItemId;
            if (target.CatalogItems.Any(offer => offer.IsSameAs(itemId)) || named.IsSameAs(itemId))
            {
                return eligibility;
            }

            var sku = target.SkuId is null || named is { IsNewCommerce: true } ? null
                : await _context.Operation.Session.Offers.FindSkuAsync(_context.Operation.Client, _context.Country, segment: null, itemId, cancellationToken).ConfigureAwait(false);
            if (sku is { IsTrial: false } && sku.ProvisioningId.Is(target.Sku))
            {
                return eligibility;
            }
        }

        return null;
    }

    private void Require(MigrationCase source)
    {
        if (Conflict(source) is { } conflict)
        {
            throw NotAvailable(source, $"it does not go with {conflict}.");
        }
    }

    // What an approved row says besides is what the plan said of the source itself.
    private string? Conflict(MigrationCase source)
    {
        var options = _context.Options;
        return options.Quantity is { } quantity && quantity != source.Seats ? "another number of seats"
            : options.RightSize ? "as many seats as there are users"
            : options.TermEndDate is not null ? "a day for the end of the term"
            : options.AddOns.Count > 0 ? "add-ons"
            : options.IsApproved ? null
            : options.PartnerIdOnRecord is not null ? "another partner on record"
            : options.FriendlyName is not null ? "a name"
            : options.Commerce == CommerceChoice.Legacy ? "legacy commerce"
            : null;
    }

    private CspMigrationException NotAvailable(MigrationCase source, string? why) => NotAvailable(source, _context.View.CustomerId, Asked, why, source.InPlace!.Available);

    private static CspMigrationException NotAvailable(MigrationCase source, CustomerId customerId, MigrationMethod asked, string? why, IEnumerable<MigrationMethod> available)
    {
        return ErrorCatalog.MethodNotAvailable.Exception(
            $"{source.Name} ({source.Key}) cannot be migrated by {asked}: {why}",
            customerId,
            source.Row.Id,
            Remedies.UseMethod(UserCommands.EachMethod(available.Select(method => method.ToString()))));
    }
}
