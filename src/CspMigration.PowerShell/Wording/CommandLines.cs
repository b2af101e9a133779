using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Core.Purchases;

namespace CspMigration.PowerShell.Wording;

/// <summary>What is pasted for each command that a remedy names, by its id; the same in every language. <c>{0:quoted}</c> stands between quotes.</summary>
internal static class CommandLines
{
    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Change"] = "Set-Subscription",
        ["SetSeats"] = "Set-Subscription -CustomerId {0} -SubscriptionId {1} -Quantity {2}",
        ["SetName"] = "Set-Subscription -CustomerId {0} -SubscriptionId {1} -FriendlyName {2:quoted}",
        ["TurnRenewalOn"] = "Set-Subscription -CustomerId {0} -SubscriptionId {1} -AutoRenew $true",
        ["EndWithTerm"] = "Set-Subscription -CustomerId {0} -SubscriptionId {1} -EndOfTerm Cancel",
        ["SuspendWithUsers"] = "Suspend-Subscription -CustomerId {0} -SubscriptionId {1} -Reason CustomerRequest",
        ["Resume"] = "Resume-Subscription -CustomerId {0} -SubscriptionId {1}",
        ["RollBack"] = "Undo-SubscriptionMigration -CustomerId {0} -SubscriptionId {1}",
        ["ListOffers"] = "Get-TargetOffer -CustomerId {0}",
        ["ListUsers"] = "(Get-SubscriptionMigration {0}).LicenseMove.Users",
        ["SearchOffers"] = "Get-TargetOffer {0:quoted}",
        ["Buy"] = "New-TargetSubscription -CustomerId {0} -SubscriptionId {1}",
        ["BuyAtRenewal"] = "New-TargetSubscription -CustomerId {0} -SubscriptionId {1} -Method Renewal",
        ["Move"] = "Move-UserLicense -CustomerId {0} -SourceSubscriptionId {1} -TargetSubscriptionId {2}{3}",
        ["AndSuspend"] = "{0} | Suspend-Subscription",
        ["WithLocation"] = " -UsageLocation Customer",
        ["PlanWithSeats"] = "New-TargetSubscription -CustomerId {0} -SubscriptionId {1} -Quantity {2} -WhatIf | Move-UserLicense{3} | Suspend-Subscription",
        ["SavePlan"] = "ConvertTo-Json -Depth 6 | Set-Content -Encoding UTF8 plan.json",
        ["RunAll"] = "Invoke-SubscriptionMigration",
        ["ApprovedPlan"] = "-Plan",
        ["WithAddOn"] = "-AddOn {0:quoted}",
        ["LimitPurchases"] = "-MaximumPurchases",
        ["LimitSeats"] = "-MaximumSeats",
    };

    /// <summary>Those that depend on what they are given.</summary>
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<object?>, string>> Composed = new Dictionary<string, Func<IReadOnlyList<object?>, string>>(StringComparer.Ordinal)
    {
        ["Migrate"] = given => Migrate((string)given[0]!, isRenewing: (bool)given[1]!, hasTrials: (bool)given[2]!, withinDays: (int?)given[3]),
        ["EachTarget"] = given => Pasteable.Each("Target", (IEnumerable<string>)given[0]!),
        ["EachMethod"] = given => string.Join("; ", ((IEnumerable<string>)given[0]!).Select(method => $"-Method {method}")),
        ["EachAddOn"] = given => Pasteable.Each("AddOn", (IEnumerable<string>)given[0]!),
        ["Purchase"] = given => PurchaseText.Of((PurchaseAlternatives)given[0]!),
    };

    // It finds them whenever they end.
    private static string Migrate(string customerId, bool isRenewing, bool hasTrials, int? withinDays)
    {
        var renewing = isRenewing ? " -IncludeAutoRenew" : "";
        var trials = hasTrials ? " -IncludeTrial" : "";
        var within = withinDays is { } days ? string.Format(CultureInfo.InvariantCulture, " -Within {0}", days) : "";
        return $"Get-ExpiringSubscription {customerId}{renewing}{trials}{within} | New-TargetSubscription | Move-UserLicense | Suspend-Subscription";
    }
}
