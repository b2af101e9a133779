using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Errors;

/// <summary>What helps where a step cannot go on, or warns, as data: each member makes the remedy of its name.</summary>
internal static class Remedies
{
    // Customers and connections.
    /// <summary>The cloud cannot move licenses.</summary>
    public static Remedy BuyWithoutSource() => Remedy.Of();

    /// <summary>The sign-in has no user who could act in the tenants of customers.</summary>
    public static Remedy ConnectAsUser() => Remedy.Of();

    /// <summary>The customer is not one of the partner.</summary>
    public static Remedy InviteCustomer() => Remedy.Of();

    /// <summary>A pattern was given for one customer.</summary>
    public static Remedy NameInFull() => Remedy.Of();

    /// <summary>Several customers have the name.</summary>
    public static Remedy NameById() => Remedy.Of();

    /// <summary>The connection was closed meanwhile.</summary>
    public static Remedy ConnectAgain() => Remedy.Of();

    /// <summary>The service does not say which partner this is.</summary>
    public static Remedy NamePartner() => Remedy.Of();

    /// <summary>The sign-in is of another partner than the one named.</summary>
    public static Remedy MatchPartner() => Remedy.Of();

    /// <summary>The service does not say in which country the partner is.</summary>
    public static Remedy NameCountry() => Remedy.Of();

    /// <summary>A customer can be left out.</summary>
    public static Remedy ExcludeCustomer() => Remedy.Of();

    // The SKU map and the catalog.
    /// <summary>The map has no such row.</summary>
    public static Remedy ListMap() => Remedy.Of();

    /// <summary>Maps that were loaded together contradict each other.</summary>
    public static Remedy LoadOneMap() => Remedy.Of();

    /// <summary>What replaces a source is no license.</summary>
    public static Remedy ReplaceElsewhere() => Remedy.Of();

    /// <summary>The file cannot be read.</summary>
    public static Remedy CheckPath() => Remedy.Of();

    /// <summary>The map has no target for units of another channel.</summary>
    public static Remedy NameEquivalent(Remedy offers) => Remedy.Of([offers]);

    /// <summary>The map has no target for a source.</summary>
    public static Remedy NameEquivalentOf(Remedy purchase, Remedy offers) => Remedy.Of([purchase, offers]);

    /// <summary>What can be chosen from.</summary>
    public static Remedy SeeOffers(Remedy offers) => Remedy.Of([offers]);

    /// <summary>No target has the name.</summary>
    public static Remedy SuggestOffers() => Remedy.Of();

    /// <summary>The offer is not on sale as it was asked for, nor listed when not for sale.</summary>
    public static Remedy BroadenSearch() => Remedy.Of();

    /// <summary>The offer is not on sale as it was asked for.</summary>
    public static Remedy BroadenSearchOrShowAll() => Remedy.Of();

    /// <summary>No offer has the name.</summary>
    public static Remedy SearchWithWildcards(Remedy search) => Remedy.Of([search]);

    /// <summary>The map has other targets that are on sale.</summary>
    public static Remedy BuyOtherOnSale(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>The map has other targets.</summary>
    public static Remedy BuyOther(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>The map has no other target that is on sale.</summary>
    public static Remedy ChooseFromOffers(Remedy offers) => Remedy.Of([offers]);

    /// <summary>Several are meant.</summary>
    public static Remedy NameOne(Remedy choices) => Remedy.Of([choices]);

    /// <summary>The target is none of the map.</summary>
    public static Remedy CheckTargetFits() => Remedy.Of();

    // Plans.
    /// <summary>The file is no plan.</summary>
    public static Remedy MakePlan() => Remedy.Of([UserCommands.SavePlan()]);

    /// <summary>Legacy orders are no longer taken.</summary>
    public static Remedy MakePlanInNewCommerce() => Remedy.Of([UserCommands.SavePlan()]);

    /// <summary>The file has the migrations of a run.</summary>
    public static Remedy SaveTargets() => Remedy.Of([UserCommands.SavePlan()]);

    /// <summary>What was approved has to be planned again, as a part of another remedy.</summary>
    public static Remedy MakePlanAgain(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>A plan holds no purchase without a source.</summary>
    public static Remedy BuyWithoutPlan() => Remedy.Of();

    // Terms, seats and add-ons.
    /// <summary>It is sold for other terms.</summary>
    public static Remedy BuyAsSold(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>A legacy offer ends on no chosen day.</summary>
    public static Remedy LeaveOutTermEnd(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>The term cannot end on that day.</summary>
    public static Remedy NameTermEnd(string days) => Remedy.Of([days]);

    /// <summary>The term of a plan cannot end on that day.</summary>
    public static Remedy PlanTermEnd(string days) => Remedy.Of([days]);

    /// <summary>Too few would be bought.</summary>
    public static Remedy BuyFewest(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>Too many would be bought.</summary>
    public static Remedy BuyMost(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>There are more users than seats.</summary>
    public static Remedy FreeOrBuySeats(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>The target has too few seats.</summary>
    public static Remedy RaiseSeats(Remedy change) => Remedy.Of([change]);

    /// <summary>An add-on was named twice.</summary>
    public static Remedy NameAddOnOnce() => Remedy.Of();

    /// <summary>The base has no add-on.</summary>
    public static Remedy LeaveOutAddOn() => Remedy.Of();

    /// <summary>The base has other add-ons.</summary>
    public static Remedy NameAddOn(Remedy choices) => Remedy.Of([choices]);

    /// <summary>What stands behind the equals sign is no number.</summary>
    public static Remedy CountUnits() => Remedy.Of();

    /// <summary>The target has another reseller on record.</summary>
    public static Remedy UseReseller(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>The target has no reseller on record.</summary>
    public static Remedy RecordReseller() => Remedy.Of();

    /// <summary>The trial cannot be converted.</summary>
    public static Remedy BuyInPlaceOfTrial() => Remedy.Of();

    /// <summary>The trial can be converted to something else.</summary>
    public static Remedy ConvertTo(IEnumerable<string> names, Remedy purchase) => Remedy.Of([names, purchase]);

    // Targets that are there already.
    /// <summary>It has another target already.</summary>
    public static Remedy RollBackForOther() => Remedy.Of();

    /// <summary>It has a target on other terms already.</summary>
    public static Remedy RollBackForTerms() => Remedy.Of();

    /// <summary>It has another number of seats.</summary>
    public static Remedy ChangeSeats(Remedy change) => Remedy.Of([change]);

    /// <summary>It will have another number of seats.</summary>
    public static Remedy ChangeSeatsLater() => Remedy.Of();

    /// <summary>A purchase of the same name has other seats.</summary>
    public static Remedy ChangeSeatsOrBuyAnother() => Remedy.Of();

    /// <summary>A purchase of the same name is there already.</summary>
    public static Remedy BuyAnother() => Remedy.Of();

    /// <summary>Seats under another name are other seats.</summary>
    public static Remedy AddOthers() => Remedy.Of();

    /// <summary>It has another name.</summary>
    public static Remedy Rename(Remedy change) => Remedy.Of([change]);

    /// <summary>It will have another name.</summary>
    public static Remedy RenameLater() => Remedy.Of();

    /// <summary>It does not renew.</summary>
    public static Remedy Renew(Remedy change) => Remedy.Of([change]);

    /// <summary>Users would lose the target again.</summary>
    public static Remedy RenewThenRunAgain(Remedy change) => Remedy.Of([change]);

    /// <summary>Users would lose a trial again.</summary>
    public static Remedy ReplaceTrial() => Remedy.Of();

    // Sources.
    /// <summary>The units are not ours to end.</summary>
    public static Remedy AwaitCustomer() => Remedy.Of();

    /// <summary>The source is not active.</summary>
    public static Remedy ResumeOrLeaveOut() => Remedy.Of();

    /// <summary>The source renews.</summary>
    public static Remedy FinishBeforeRenewal() => Remedy.Of();

    /// <summary>The end of the source can't be rolled back (docs/rules.md, rule 24).</summary>
    public static Remedy CheckBeforeSuspending() => Remedy.Of();

    /// <summary>Add-ons keep their base active (docs/rules.md, rule 9).</summary>
    public static Remedy EndOrMigrateAddOns(IEnumerable<Remedy> suspensions, Remedy migration) => Remedy.Of([suspensions, migration]);

    /// <summary>Add-ons keep a target active.</summary>
    public static Remedy EndAddOns(IEnumerable<Remedy> suspensions) => Remedy.Of([suspensions]);

    /// <summary>The base of the add-on is not active.</summary>
    public static Remedy ActivateBase() => Remedy.Of();

    /// <summary>The days in which it can be canceled are over.</summary>
    public static Remedy LeaveOutCancel() => Remedy.Of();

    /// <summary>It is paid in advance.</summary>
    public static Remedy LeaveToTermEnd() => Remedy.Of();

    /// <summary>The service did not take the cancellation at the end of the term.</summary>
    public static Remedy ForbidExtension(string day) => Remedy.Of([day]);

    /// <summary>Schedules it again, or leaves it alone.</summary>
    public static Remedy ScheduleAgain(Remedy purchase) => Remedy.Of([purchase]);

    /// <summary>Someone has had a source renew that was to end with its term.</summary>
    public static Remedy EndAllTheSame(Remedy change) => Remedy.Of([change]);

    /// <summary>A source is scheduled to become another product.</summary>
    public static Remedy LeaveOutOrEnd(Remedy change) => Remedy.Of([change]);

    /// <summary>What was changed in place cannot be rolled back.</summary>
    public static Remedy KeepOrEnd(Remedy change) => Remedy.Of([change]);

    /// <summary>The source does not have the method.</summary>
    public static Remedy UseMethod(Remedy methods) => Remedy.Of([methods]);

    /// <summary>It is the target of a migration.</summary>
    public static Remedy RollBackInstead(Remedy rollback) => Remedy.Of([rollback]);

    // Users and their licenses.
    /// <summary>Users have no usage location.</summary>
    public static Remedy SetLocations() => Remedy.Of();

    /// <summary>The user has no usage location.</summary>
    public static Remedy SetLocation() => Remedy.Of();

    /// <summary>The service does not show all users.</summary>
    public static Remedy FindUsers() => Remedy.Of();

    /// <summary>No seat is left for the user.</summary>
    public static Remedy BuyOrFreeSeats() => Remedy.Of();

    /// <summary>The user has been deleted.</summary>
    public static Remedy RestoreUser() => Remedy.Of();

    /// <summary>The license comes from a group.</summary>
    public static Remedy ChangeGroup() => Remedy.Of();

    /// <summary>Service plans exclude each other.</summary>
    public static Remedy SwitchPlanOff() => Remedy.Of();

    /// <summary>A group cannot assign its licenses to all of its members.</summary>
    public static Remedy FixGroupErrors() => Remedy.Of();

    /// <summary>A group may not be read, or its licenses not be changed.</summary>
    public static Remedy GrantGroupRights() => Remedy.Of();

    /// <summary>A group was not confirmed as it is now.</summary>
    public static Remedy ConfirmGroup() => Remedy.Of();

    /// <summary>A group is exchanged for all of its members or not at all.</summary>
    public static Remedy SwitchWholeGroup() => Remedy.Of();

    /// <summary>The service knows no groups, and a license comes from one.</summary>
    public static Remedy SeeGroups() => Remedy.Of();

    /// <summary>Licenses of users who remain come from a group.</summary>
    public static Remedy ChangeGroupFirst() => Remedy.Of();

    /// <summary>Service plans of users who remain exclude each other.</summary>
    public static Remedy SwitchPlansOffFirst() => Remedy.Of();

    /// <summary>No seat is left for users who remain.</summary>
    public static Remedy PayForSeats() => Remedy.Of();

    /// <summary>The source may be suspended with its users.</summary>
    public static Remedy SuspendForOtherReason() => Remedy.Of();

    /// <summary>Where the users who remain are listed.</summary>
    public static Remedy SeeUsers(CustomerId customerId) => Remedy.Of([UserCommands.ListUsers(customerId)]);

    /// <summary>The usage location can be another.</summary>
    public static Remedy NameOtherLocation() => Remedy.Of();

    /// <summary>How the migration goes on.</summary>
    public static Remedy Continue(IEnumerable<Remedy> commands) => Remedy.Of([commands]);

    /// <summary>A plan leaves users out.</summary>
    public static Remedy MoveAllUsers() => Remedy.Of();

    /// <summary>Users of a plan have no usage location.</summary>
    public static Remedy PlanLocations() => Remedy.Of();

    /// <summary>A plan buys too few seats.</summary>
    public static Remedy PlanSeats(Remedy plan) => Remedy.Of([plan]);

    /// <summary>The target of a plan has too few seats.</summary>
    public static Remedy AddSeats() => Remedy.Of();

    /// <summary>The plan can give usage locations.</summary>
    public static Remedy RepeatWithLocation() => Remedy.Of();

    /// <summary>Users have no target to be moved to.</summary>
    public static Remedy MoveFirst(Remedy migration) => Remedy.Of([migration]);

    /// <summary>Users have no target in the map to be moved to.</summary>
    public static Remedy NameTargetFirst(string? offerName) => Remedy.Of([offerName]);

    /// <summary>It is itself a target.</summary>
    public static Remedy RollBackOwn(string source, Remedy rollback) => Remedy.Of([source, rollback]);

    // Roll backs.
    /// <summary>Users could not be moved back.</summary>
    public static Remedy FixAndRepeat() => Remedy.Of();

    /// <summary>Users depend on what the migration bought besides.</summary>
    public static Remedy RemoveLicenses() => Remedy.Of();

    /// <summary>Users depend on the target who were not moved to it.</summary>
    public static Remedy MoveOthers(string target, Remedy move) => Remedy.Of([target, move]);

    /// <summary>The target keeps seats.</summary>
    public static Remedy ReduceSeats() => Remedy.Of();

    /// <summary>A converted trial stays.</summary>
    public static Remedy EndConverted() => Remedy.Of();

    /// <summary>Only the journal knew who was moved.</summary>
    public static Remedy FindJournal(Remedy resumption, Remedy move) => Remedy.Of([resumption, move]);

    /// <summary>There is no migration of the subscription.</summary>
    public static Remedy CheckIdAndJournal() => Remedy.Of();

    // Runs.
    /// <summary>It is not there yet.</summary>
    public static Remedy RunAgainLater() => Remedy.Of();

    /// <summary>It is not there yet.</summary>
    public static Remedy RepeatLater() => Remedy.Of();

    /// <summary>The purchase is accepted, and not there yet.</summary>
    public static Remedy RepeatToFind() => Remedy.Of();

    /// <summary>The order was canceled.</summary>
    public static Remedy FindCancellation() => Remedy.Of();

    /// <summary>It would come to more than was confirmed.</summary>
    public static Remedy ConfirmAgain() => Remedy.Of();

    /// <summary>The run would come to more than its limit.</summary>
    public static Remedy RaiseLimit(Remedy limit, int needed) => Remedy.Of([limit, needed]);

    /// <summary>Sources are left alone.</summary>
    public static Remedy SeeReasons() => Remedy.Of();

    /// <summary>No reading shows whether it fails.</summary>
    public static Remedy IfItFails(string errorId, Remedy remedy) => Remedy.Of([errorId, remedy]);

    /// <summary>It may fail, or be late.</summary>
    public static Remedy IfItIsLate(Remedy remedy, string errorId, Remedy ifLate) => Remedy.Of([remedy, errorId, ifLate]);
}
