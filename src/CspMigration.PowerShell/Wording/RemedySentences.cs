using System;
using System.Collections.Generic;

namespace CspMigration.PowerShell.Wording;

/// <summary>The sentence of each remedy of the steps, by its id; commands are filled in.</summary>
internal static class RemedySentences
{
    public static readonly IReadOnlyDictionary<string, string> ById = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Customers and connections.
        ["BuyWithoutSource"] = "Buy without a source (-CustomerId, -Target, -Quantity), and move the licenses in the portal.",
        ["ConnectAsUser"] = "Connect as a user (-RefreshToken, -DeviceCode or -Interactive), or leave the choice to the module with: -LicenseApi Auto",
        ["InviteCustomer"] = "Ask the customer with Request-ResellerRelationship; run the same command again when the invitation is accepted.",
        ["NameInFull"] = "Wildcards are not taken here: name one customer in full, or pipe what Get-ExpiringSubscription finds.",
        ["NameById"] = "Name the one you mean by its id or its domain.",
        ["ConnectAgain"] = "Connect again, then run the same command again: it continues where this one stopped.",
        ["NamePartner"] = "Give the partner's tenant id with: -TenantId",
        ["NameCountry"] = "Name one with: -Country",
        ["ExcludeCustomer"] = "-ExcludeCustomer leaves a customer out.",

        // The SKU map and the catalog.
        ["ListMap"] = "Get-SkuMapping lists all rows; Connect-CspPartner -SkuMapPath loads a map of your own.",
        ["CheckPath"] = "Check the path and the right to read it.",
        ["NameEquivalent"] = "Name the equivalent with -Target, or have Connect-CspPartner -SkuMapPath load a map that has the product. What is on sale for the customer: {0}",
        ["NameEquivalentOf"] = "Name the equivalent with {0} -Target, or have Connect-CspPartner -SkuMapPath load a map that has the product. What is on sale for the customer: {1}",
        ["BuySameProduct"] = "To buy the same product, so that no license is reassigned: -Target {0}.",
        ["SeeOffers"] = "What is on sale for the customer: {0}",
        ["LookAtOffers"] = "Get-TargetOffer lists what is on sale.",
        ["BroadenSearch"] = "Leave out what narrows the list (-CustomerId, -Trial, -BillingCycle, -Segment, -Commerce).",
        ["BroadenSearchOrShowAll"] = "Leave out what narrows the list (-CustomerId, -Trial, -BillingCycle, -Segment, -Commerce), or have it show what cannot be bought, too: -IncludeUnavailable",
        ["SearchWithWildcards"] = "A name is taken in full unless it has wildcards: {0}",
        ["BuyOtherOnSale"] = "For the same source the map has, on sale for this customer: {0}",
        ["BuyOther"] = "For the same source the map has: {0}",
        ["ChooseFromOffers"] = "The map has nothing else for it that is on sale for this customer. Choose a target from what else is on sale: {0}",
        ["NameOne"] = "Name one of them: {0}",
        ["CheckTargetFits"] = "Look whether it has what the users need.",

        // Plans.
        ["MakePlan"] = "A plan is what New-TargetSubscription gives with -WhatIf, saved whole: Get-ExpiringSubscription | New-TargetSubscription -WhatIf | {0}",
        ["MakePlanInNewCommerce"] = "A plan buys exactly what it names. Make it again through new commerce, with what else was asked for, and have it approved: Get-ExpiringSubscription | New-TargetSubscription -Commerce New -WhatIf | {0}",
        ["SaveTargets"] = "Save that alone: Invoke-SubscriptionMigration -WhatIf | Where-Object Target | ForEach-Object Target | {0}",
        ["MakePlanAgain"] = "make the plan again with {0}",
        ["BuyWithoutPlan"] = "Without -Plan, buy it with: New-TargetSubscription -CustomerId -Target -Quantity",

        // Terms, seats and add-ons.
        ["BuyAsSold"] = "It is sold with: {0}",
        ["LeaveOutTermEnd"] = "Leave -TermEndDate out, or buy through new commerce: {0}",
        ["NameTermEnd"] = "With -TermEndDate, name {0}; or leave it out for the full term.",
        ["PlanTermEnd"] = "Make the plan again with {0}: -TermEndDate",
        ["BuyFewest"] = "The fewest that can be bought: {0}",
        ["BuyMost"] = "The most that can be bought: {0}",
        ["FreeOrBuySeats"] = "Take licenses from users who no longer need one, or buy a seat for each: {0}",
        ["RaiseSeats"] = "More seats are billed. To have them, then run the command again: {0}",
        ["NameAddOnOnce"] = "With -AddOn, name each add-on once.",
        ["LeaveOutAddOn"] = "It has none: leave -AddOn out.",
        ["NameAddOn"] = "It has: {0}",
        ["CountUnits"] = "A number of units is a whole number behind an equals sign: 'Name=5'.",
        ["UseReseller"] = "To have that reseller on record for these seats too: {0}",
        ["RecordReseller"] = "Have Partner Center put that reseller on its record, or name another target (-Target), then run the command again.",
        ["BuyInPlaceOfTrial"] = "The service offers no conversion of it: let it expire, and buy a subscription without a source (New-TargetSubscription with -CustomerId, -Target and -Quantity).",
        ["ConvertTo"] = "It can be converted to {0}: {1}",

        // Targets that are there already.
        ["RollBackForOther"] = "Undo-SubscriptionMigration rolls that back; the same line then buys the other.",
        ["RollBackForTerms"] = "Undo-SubscriptionMigration rolls that back; the same line then buys it as asked for.",
        ["ChangeSeats"] = "{0} changes them.",
        ["ChangeSeatsLater"] = "Set-Subscription -Quantity changes them once it is there.",
        ["ChangeSeatsOrBuyAnother"] = "Set-Subscription -Quantity changes them; another -FriendlyName buys another.",
        ["BuyAnother"] = "Another -FriendlyName buys another.",
        ["AddOthers"] = "Another -FriendlyName adds others.",
        ["Rename"] = "{0} renames it.",
        ["RenameLater"] = "Set-Subscription -FriendlyName renames it once it is there.",
        ["Renew"] = "{0} has it renew.",
        ["RenewThenRunAgain"] = "Have it renew, then run the command again: {0}",
        ["ReplaceTrial"] = "Convert the trial or let it end, or name another target (-Target), then run the command again.",

        // Sources.
        ["AwaitCustomer"] = "The customer cancels them there, near their end: nothing is refunded.",
        ["ResumeOrLeaveOut"] = "Make it active again with Resume-Subscription, or leave it out.",
        ["CheckBeforeSuspending"] = "Check that the users can work with the target before Suspend-Subscription runs.",
        ["FinishBeforeRenewal"] = "It renews unless the migration is finished, or auto-renew is turned off with Set-Subscription, before.",
        ["EndOrMigrateAddOns"] = "If the add-on is no longer needed, suspend it with its users on it ({0:;}). Otherwise migrate it together with its base: {1}",
        ["EndAddOns"] = "Where it is no longer needed, suspend it first: {0:;}",
        ["ActivateBase"] = "Make the base active first.",
        ["LeaveOutCancel"] = "Leave -Cancel out: it is then canceled at the end of its term.",
        ["LeaveToTermEnd"] = "-AtTermEnd leaves it to expire.",
        ["ForbidExtension"] = "Choose \"cancel at end of term\" for it in Partner Center until {0}.",
        ["ScheduleAgain"] = "It is left alone. To have it become the target all the same: {0}",
        ["EndAllTheSame"] = "It is left alone. To have it end all the same: {0}",
        ["LeaveOutOrEnd"] = "Leave it out, or have it end with its term: {0}",
        ["KeepOrEnd"] = "Keep it, or have it end with its term: {0}",
        ["UseMethod"] = "It has: {0}",
        ["RollBackInstead"] = "To roll the migration back instead: {0}",

        // Users and their licenses.
        ["GiveLocations"] = "Move-UserLicense -UsageLocation gives them one.",
        ["GiveLocation"] = "Move-UserLicense -UsageLocation gives the user one.",
        ["FindUsers"] = "Look at the customer's users in Partner Center: those who are not shown may be out of reach of the sign-in.",
        ["BuyOrFreeSeats"] = "Buy more seats of the target, or take licenses from users who no longer need one.",
        ["RestoreUser"] = "Restore the user if the license is still needed.",
        ["ChangeGroup"] = "Change the license of the group it comes from.",
        ["SwitchPlanOff"] = "Switch one of the conflicting service plans off for the user.",
        ["ChangeGroupFirst"] = "First give the group that the license comes from the new license instead of the old one.",
        ["SwitchPlansOffFirst"] = "First switch one of the conflicting service plans off for these users.",
        ["PayForSeats"] = "The target needs more seats; they are billed.",
        ["SuspendForOtherReason"] = "A -Reason other than Migrated has Suspend-Subscription suspend it with its users on it.",
        ["SeeUsers"] = "(Get-SubscriptionMigration {0}).LicenseMove.Users has each user with the reason.",
        ["NameOtherLocation"] = "In place of Customer, the customer's own country, two letters name another.",
        ["GoOn"] = "To go on: {0:;}",
        ["MoveAllUsers"] = "Leave -User out, so that the move of all its users is planned.",
        ["PlanLocations"] = "Have the move give those without a usage location one (Customer is the customer's own country; two letters name another).",
        ["PlanSeats"] = "The target needs more seats; they are billed. To plan it with them: {0}",
        ["GiveSeats"] = "The target needs more seats; they are billed. -Quantity of New-TargetSubscription, or of Set-Subscription where it is bought already, gives it more.",
        ["RepeatWithLocation"] = "Repeat the command with, for Move-UserLicense or Invoke-SubscriptionMigration: -UsageLocation Customer",
        ["MoveFirst"] = "To move them to a target first: {0}",
        ["NameTargetFirst"] = "The SKU map has no target for {0}: New-TargetSubscription -Target names one to move them to first.",
        ["RollBackOwn"] = "It is itself the target of {0}; to roll that migration back: {1}",

        // Roll backs.
        ["FixAndRepeat"] = "Fix the reason, then run the same command again.",
        ["TakeLicenses"] = "Take its licenses from them, or give them others, then run the command again.",
        ["MoveOthers"] = "Give them another license, or move them to {0} as far as it has free seats ({1}), then run the same command again. Who they are: ({1} -WhatIf).Users | Where-Object Outcome -NotIn AlreadyMoved, Skipped",
        ["ReduceSeats"] = "Set-Subscription -Quantity takes them away.",
        ["EndConverted"] = "Suspend it, or turn its auto-renew off, which Set-Subscription does.",
        ["FindJournal"] = "Have Connect-CspPartner -JournalPath open the journal of the migration. Without it, move the users by hand: {0}; {1} -User (their sign-in names)",
        ["CheckIdAndJournal"] = "Check the subscription's id, and that the journal is the one of the migration.",

        // Runs.
        ["RunAgainLater"] = "Run the command again later.",
        ["RepeatLater"] = "Run the same command again later.",
        ["RepeatToFind"] = "Run the same command again later: it looks for what was bought and does not buy again.",
        ["FindCancellation"] = "Look in Partner Center why; the same command again places a new order.",
        ["ConfirmAgain"] = "Run the command again: it shows the new totals to confirm.",
        ["RaiseLimit"] = "Look at the plan with -WhatIf and without the limit. Then migrate fewer customers at once, or raise the limit: {0} {1}",
        ["SeeReasons"] = "Test-SubscriptionMigration says why.",
        ["IfItFails"] = "If it fails, {0}: {1}",
        ["IfItIsLate"] = "{0} If they are only late, {1}: {2}",
    };
}
