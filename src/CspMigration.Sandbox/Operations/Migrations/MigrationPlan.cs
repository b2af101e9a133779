using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Migrations;

/// <summary>A subscription with all its active add-ons, which are migrated together or not at all.</summary>
internal sealed class MigrationPlan
{
    private MigrationPlan(MigrationPart main, IReadOnlyList<MigrationPart> addOns)
    {
        Main = main;
        AddOns = addOns;
    }

    public MigrationPart Main { get; }

    public IReadOnlyList<MigrationPart> AddOns { get; }

    public IEnumerable<MigrationPart> Parts => AddOns.Prepend(Main);

    public bool IsEligible => Parts.All(part => part.Errors.Count == 0);

    /// <exception cref="ServiceException">There is no such subscription, or an add-on is not one of it.</exception>
    public static MigrationPlan Of(CustomerContext context, MigrationRequest request)
    {
        var subscription = Find(context, request.SubscriptionId);
        var active = AddOnsOf(context.Account, subscription);
        if (request.AddOns.GroupBy(addOn => addOn.SubscriptionId, AnyCase.Comparer).Any(group => group.Count() > 1))
        {
            throw Refusals.AddOnTwice();
        }

        if (request.AddOns.Any(addOn => !active.Any(known => AnyCase.AreEqual(known.Id, addOn.SubscriptionId))))
        {
            throw Refusals.AddOnUnknown();
        }

        var addOns = active.Select(addOn => MigrationPart.Of(
            context,
            addOn,
            request.AddOns.FirstOrDefault(listed => AnyCase.AreEqual(listed.SubscriptionId, addOn.Id)) ?? MigrationRequest.Unchanged(addOn.Id)));
        return new MigrationPlan(MigrationPart.Of(context, subscription, request), addOns.ToList());
    }

    public static Subscription Find(CustomerContext context, string id) => context.Account.FindSubscription(id) ?? throw Refusals.NoSuchSubscription(id);

    /// <summary>The error of a migration that is not eligible; null if it is eligible.</summary>
    public ServiceException? Refusal()
    {
        var errors = Parts.SelectMany(part => part.Errors.Select(error => (part.Source, error.Code, error.Description))).ToList();
        return errors.Select(error => error.Code).Distinct().Count() switch
        {
            0 => null,
            1 => Refusals.NotMigratable(errors[0].Source, errors[0].Code, errors[0].Description),
            _ => Refusals.NotMigratable(Main.Source, string.Join("; ", errors.Select(error => error.Description).Distinct())),
        };
    }

    private static List<Subscription> AddOnsOf(Account account, Subscription parent)
    {
        var addOns = account.Subscriptions.Where(subscription => subscription.IsLive && AnyCase.AreEqual(subscription.ParentId, parent.Id)).ToList();
        return [.. addOns, .. addOns.SelectMany(addOn => AddOnsOf(account, addOn))];
    }
}
