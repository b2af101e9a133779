using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Errors;

/// <summary>What a user would run, as data, for the remedies that name it: the front end has the line to paste.</summary>
internal static class UserCommands
{
    /// <summary>What changes a subscription.</summary>
    public static Remedy Change() => Remedy.Of();

    /// <summary>Gives a subscription a number of seats.</summary>
    public static Remedy SetSeats(CustomerId customerId, SubscriptionId subscriptionId, int seats) => Remedy.Of([customerId.ToString(), subscriptionId.ToString(), seats]);

    /// <summary>Renames a subscription.</summary>
    public static Remedy SetName(CustomerId customerId, SubscriptionId subscriptionId, string name) => Remedy.Of([customerId.ToString(), subscriptionId.ToString(), name]);

    /// <summary>Has a subscription renew.</summary>
    public static Remedy TurnRenewalOn(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Has a subscription end with its term.</summary>
    public static Remedy EndWithTerm(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Names each of several methods.</summary>
    public static Remedy EachMethod(IEnumerable<string> methods) => Remedy.Of([methods]);

    /// <summary>Suspends a subscription whoever holds it: for the default reason that would be refused.</summary>
    public static Remedy SuspendWithUsers(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Makes a subscription active again.</summary>
    public static Remedy Resume(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Rolls a migration back.</summary>
    public static Remedy RollBack(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Lists what is on sale for a customer.</summary>
    public static Remedy ListOffers(CustomerId customerId) => Remedy.Of([customerId.ToString()]);

    /// <summary>Lists the users of a customer's migrations.</summary>
    public static Remedy ListUsers(CustomerId customerId) => Remedy.Of([customerId.ToString()]);

    /// <summary>Lists the offers of a name.</summary>
    public static Remedy SearchOffers(string pattern) => Remedy.Of([pattern]);

    /// <summary>Buys the target of a source.</summary>
    public static Remedy Buy(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Has a source become its target when it renews.</summary>
    public static Remedy BuyAtRenewal(CustomerId customerId, SubscriptionId subscriptionId) => Remedy.Of([customerId.ToString(), subscriptionId.ToString()]);

    /// <summary>Moves the users of one subscription to another.</summary>
    public static Remedy Move(CustomerId customerId, SubscriptionId sourceId, SubscriptionId targetId, Remedy? location) => Remedy.Of([customerId.ToString(), sourceId.ToString(), targetId.ToString(), location]);

    /// <summary>Suspends the source after a move.</summary>
    public static Remedy AndSuspend(Remedy move) => Remedy.Of([move]);

    /// <summary>Gives those who have none the usage location of their customer.</summary>
    public static Remedy WithLocation() => Remedy.Of();

    /// <summary>Plans a migration with a number of seats.</summary>
    public static Remedy PlanWithSeats(CustomerId customerId, SubscriptionId subscriptionId, int seats, Remedy? location) => Remedy.Of([customerId.ToString(), subscriptionId.ToString(), seats, location]);

    /// <summary>Migrates what expires within so many days.</summary>
    public static Remedy Migrate(CustomerId customerId, bool isRenewing, bool hasTrials, int? withinDays) => Remedy.Of([customerId.ToString(), isRenewing, hasTrials, withinDays]);

    /// <summary>Saves what is planned before it.</summary>
    public static Remedy SavePlan() => Remedy.Of();

    /// <summary>What migrates in one run.</summary>
    public static Remedy RunAll() => Remedy.Of();

    /// <summary>What names an approved plan.</summary>
    public static Remedy ApprovedPlan() => Remedy.Of();

    /// <summary>Names each of several targets.</summary>
    public static Remedy EachTarget(IEnumerable<string> targets) => Remedy.Of([targets]);

    /// <summary>Names each of several add-ons.</summary>
    public static Remedy EachAddOn(IEnumerable<string> addOns) => Remedy.Of([addOns]);

    /// <summary>Names an add-on.</summary>
    public static Remedy WithAddOn(string addOn) => Remedy.Of([addOn]);

    /// <summary>What limits the purchases of a run.</summary>
    public static Remedy LimitPurchases() => Remedy.Of();

    /// <summary>What limits the seats of a run.</summary>
    public static Remedy LimitSeats() => Remedy.Of();
}
