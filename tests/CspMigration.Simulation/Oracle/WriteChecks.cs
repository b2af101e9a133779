using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Oracle;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Oracle;

/// <summary>What holds after every change of a subscription and of a user's licenses.</summary>
internal sealed class WriteChecks(ProgramRun run, ProgramOracle oracle)
{
    private Ledger Ledger => oracle.Ledger;

    /// <summary>The properties in which a subscription differs from what it was.</summary>
    public static IEnumerable<string> Differences(SubscriptionState before, SubscriptionState after)
    {
        if (before.Quantity != after.Quantity)
        {
            yield return nameof(SubscriptionState.Quantity);
        }

        if (before.Name != after.Name)
        {
            yield return nameof(SubscriptionState.Name);
        }

        if (before.Status != after.Status)
        {
            yield return nameof(SubscriptionState.Status);
        }

        if (before.Renews != after.Renews)
        {
            yield return nameof(SubscriptionState.Renews);
        }

        if (before.Reseller != after.Reseller)
        {
            yield return nameof(SubscriptionState.Reseller);
        }
    }

    public void CheckChange(StepContext step, Call call, CustomerState before, CustomerState after)
    {
        if (before.Find(call.SubscriptionId) is not { } former || after.Find(call.SubscriptionId) is not { } changed)
        {
            return;
        }

        var differences = Differences(former, changed).ToList();
        var isMeant = step.Verb is "set" or "end" or "resume";
        if (differences.Count > 1 && !oracle.HasUnseen(step.By, after.Id, changed.Id))
        {
            Report(Kind.ChangeOverwritten, step, changed, $"{string.Join(" and ", differences)} changed in one request");
        }

        if (differences.Contains(nameof(SubscriptionState.Name)) && step.Verb != "set" && Call.WithoutMark(former.Name) != Call.WithoutMark(changed.Name) && !oracle.HasUnseen(step.By, after.Id, changed.Id))
        {
            Report(Kind.ChangeOverwritten, step, changed, $"the name \"{former.Name}\" became \"{changed.Name}\"");
        }

        if (changed.Quantity < former.Quantity && step.Verb is not ("set" or "undo") && !oracle.HasUnseen(step.By, after.Id, changed.Id))
        {
            Report(Kind.ChangeOverwritten, step, changed, $"{former.Quantity} seats became {changed.Quantity}");
        }

        CheckSeatsTaken(step, before, after, former, changed);
        CheckRenewal(step, before, after, former, changed);
        CheckShared(step, after, former, changed);
        if (step.Verb == "set" && Call.IsMarked(former.Name) && !Call.IsMarked(changed.Name))
        {
            _markLost.Add((step, changed.Name));
        }

        if (changed.Quantity > former.Quantity && !isMeant && step.Verb != "undo")
        {
            CheckGrowth(step, former, changed);
        }

        if (step.Verb == "undo" && changed.Quantity < former.Quantity)
        {
            CheckReturn(step, former, changed);
        }
    }

    /// <summary>Names that lost their mark in a step of someone's who set them.</summary>
    private readonly List<(StepContext Step, string Name)> _markLost = [];

    /// <summary>Whether a step has taken the mark off a name.</summary>
    public bool HasLostMark(StepContext step) => _markLost.Exists(lost => lost.Step == step);

    public void CheckUpdate(StepContext step, Call call, CustomerState before, CustomerState after)
    {
        if (before.FindUser(call.UserId) is not { } former || after.FindUser(call.UserId) is not { } user)
        {
            return;
        }

        var taken = former.Licenses.Where(license => !user.Holds(license.SkuId)).ToList();
        var given = user.Licenses.Where(license => !former.Holds(license.SkuId)).ToList();
        foreach (var license in taken.Where(license => !user.Licenses.Any(other => run.AskedTargets.Contains(other.SkuId) || AreRelated(after, license.SkuId, other.SkuId))))
        {
            run.Report(Kind.UserWithoutLicense, $"{step.Step}: {run.NameOf(user.Id)} lost {WorldProduct.NameOf(license.SkuId)} and holds {Names(user.Licenses)}");
        }

        if (step.Verb == "undo")
        {
            CheckReturned(step, after.Id, user, given);
        }
        else
        {
            CheckMoved(step, after, user, taken, given);
        }
    }

    private static string Names(IEnumerable<LicenseState> licenses) => string.Join(" and ", licenses.Select(license => WorldProduct.NameOf(license.SkuId)).DefaultIfEmpty("nothing"));

    private bool AreRelated(CustomerState state, string one, string other) => IsTarget(state, one, other) || IsTarget(state, other, one);

    private bool IsTarget(CustomerState state, string source, string target)
    {
        return OfferCatalog.Instance.Retired.Any(offer => offer.Sku.Id == source && KnownTargets.Of(offer.Sku).Any(sku => sku.Id == target))
            || oracle.Relations.Contains((source, target))
            || Ledger.Purchases.Exists(purchase => purchase.SkuId == target && purchase.Sources.Any(id => state.Find(id)?.SkuId == source));
    }

    private void Report(string kind, StepContext step, SubscriptionState subscription, string detail, string cause = "") =>
        run.Report(kind, $"{step.Step}: {run.NameOf(subscription.Id)} ({WorldProduct.NameOf(subscription.SkuId)}): {detail}", cause);

    private void CheckSeatsTaken(StepContext step, CustomerState before, CustomerState after, SubscriptionState former, SubscriptionState changed)
    {
        var isTaken = (former.IsActive && !changed.IsActive) || changed.Quantity < former.Quantity;
        var isAsked = step.Verb == "set" || (step.Verb is "end" or "suspend" or "line" && step.EndsAllTheSame);
        var skuId = former.SkuId;
        if (isTaken && !isAsked
            && after.Unserved(skuId) > before.Unserved(skuId)
            && !oracle.HasUnseen(step.By, after.Id)
            && !oracle.HasUnseenHolders(after.Id, skuId))
        {
            Report(
                step.Verb == "undo" ? Kind.RollbackTakesSeats : Kind.HoldersLeftBehind,
                step,
                changed,
                $"it is {changed.Status} with {changed.Quantity} seats; {after.Holders(skuId)} users hold the SKU, {after.InService(skuId)} units are in service");
        }
    }

    private void CheckRenewal(StepContext step, CustomerState before, CustomerState after, SubscriptionState former, SubscriptionState changed)
    {
        if (former.Renews == changed.Renews)
        {
            return;
        }

        if (changed.Renews)
        {
            Ledger.Renew(changed.Id);
            return;
        }

        if (step.Verb == "undo")
        {
            var skuId = changed.SkuId;
            if (oracle.Loss(after, skuId) > Math.Max(oracle.Loss(before, skuId), oracle.LossByOthers(after.Id, skuId)) && !oracle.HasUnseen(step.By, after.Id) && !oracle.HasUnseenHolders(after.Id, skuId))
            {
                Report(Kind.RollbackTakesSeats, step, changed, $"it no longer renews; {after.Holders(skuId)} users hold the SKU");
            }
        }
        else if (step.Verb != "set")
        {
            Ledger.LeaveToEnd(changed.Id, step.By);
            CheckNobodyOnEnding(step, after, changed);
        }
    }

    /// <summary>Whether the seats of a SKU that stay are enough for its users, once those are gone that were left to expire.</summary>
    public void CheckNobodyOnEnding(StepContext step, CustomerState state, SubscriptionState ended)
    {
        var staying = oracle.Staying(state, ended.SkuId, step.By);
        if (!step.EndsAllTheSame && state.Holders(ended.SkuId) > staying && !oracle.HasUnseen(step.By, state.Id) && !oracle.HasUnseenHolders(state.Id, ended.SkuId))
        {
            Report(Kind.HoldersOnEnding, step, ended, $"it is left to expire; {state.Holders(ended.SkuId)} users hold the SKU, {staying} seats stay");
        }
    }

    // What was bought for several sources goes with the last of them, whatever way the others ended, or have yet to end. Who has not
    // the journal of the migration sees of the others only which have ended; whether users sit on the seats is another check.
    private void CheckShared(StepContext step, CustomerState after, SubscriptionState former, SubscriptionState changed)
    {
        var isReturned = (former.IsActive && !changed.IsActive) || (former.Renews && !changed.Renews);
        if (step.Verb != "undo" || !isReturned || Ledger.Purchases.Find(purchase => Ledger.Is(purchase.SubscriptionId, changed.Id)) is not { } bought)
        {
            return;
        }

        var isKnown = bought.By == step.By && bought.Journal == step.By.JournalNumber;
        var others = bought.Sources.Where(source => !Ledger.RolledBack.Contains(source) && !step.Named.Contains(source) && !step.Sources.Contains(source)
            && (isKnown || (after.Find(source) is { IsActive: false } && !oracle.HasUnseen(step.By, after.Id, source)))).ToList();
        if (others.Count > 0)
        {
            Report(Kind.RollbackTakesSeats, step, changed, $"it is {changed.Status} and {(changed.Renews ? "renews" : "does not renew")}; it is the target of {string.Join(" and ", others.Select(run.NameOf))} too", "shared");
        }
    }

    // The mark, which comes first, says for whom; one that was there before says so of a run that did not come further.
    private void CheckGrowth(StepContext step, SubscriptionState former, SubscriptionState changed)
    {
        var marked = Call.MarksOf(changed.Name, "seats for");
        var earlier = Ledger.Growths.Where(growth => Ledger.Is(growth.SubscriptionId, changed.Id)).ToList();
        var fresh = marked.Where(id => !earlier.Exists(growth => growth.Sources.Contains(id))).ToList();
        var sources = fresh.Count > 0 ? fresh : marked;
        var twice = earlier.FirstOrDefault(growth => growth.Sources.Any(sources.Contains)
            && former.Quantity >= growth.After
            && !Ledger.IsTouched(changed.Id, nameof(SubscriptionState.Quantity))
            && !Ledger.IsTouched(changed.Id, nameof(SubscriptionState.Name)));
        if (twice is not null && (twice.By == step.By || !oracle.HasUnseen(step.By, twice.CustomerId, changed.Id)))
        {
            Report(Kind.SeatsAddedTwice, step, changed, $"{former.Quantity} seats became {changed.Quantity}, after {twice.Before} had become {twice.After} for the same");
        }

        Ledger.Growths.Add(new Growth(twice?.CustomerId ?? oracle.CustomerOf(changed.Id), changed.Id, sources, former.Quantity, changed.Quantity, step.By, step.By.JournalNumber, run.Now));
    }

    private void CheckReturn(StepContext step, SubscriptionState former, SubscriptionState changed)
    {
        var growths = Ledger.Growths.Where(growth => Ledger.Is(growth.SubscriptionId, changed.Id)).ToList();
        var added = growths.Sum(growth => growth.After - growth.Before);
        if (former.Quantity - changed.Quantity > added && !oracle.HasUnseen(step.By, oracle.CustomerOf(changed.Id), changed.Id))
        {
            Report(Kind.ForeignSeatsTaken, step, changed, $"{former.Quantity} seats became {changed.Quantity}; migrations had added {added}");
        }
    }

    private void CheckMoved(StepContext step, CustomerState after, UserState user, List<LicenseState> taken, List<LicenseState> given)
    {
        Ledger.Taken.AddRange(taken.Select(license => new TakenLicense(after.Id, user.Id, license, step.By, step.By.JournalNumber)));
        if (taken.Count == 1 && given.Count == 1 && !oracle.HasUnseen(step.By, after.Id, user.Id))
        {
            CheckPlans(step, user, taken[0], given[0]);
        }

        foreach (var license in given.Where(license => oracle.Loss(after, license.SkuId) > oracle.LossByOthers(after.Id, license.SkuId)
            && !oracle.HasUnseen(step.By, after.Id)))
        {
            var seats = after.Subscriptions.Where(subscription => subscription.SkuId == license.SkuId && subscription.IsActive)
                .Select(subscription => $"{subscription.Quantity} {(subscription.IsTrial ? "of a trial" : subscription.Renews ? "that renew" : $"until {subscription.End:yyyy-MM-dd}")}");
            run.Report(Kind.TargetDoesNotLast, $"{step.Step}: {run.NameOf(user.Id)} got {WorldProduct.NameOf(license.SkuId)}, of which there are {string.Join(", ", seats)} for {after.Holders(license.SkuId)} users");
        }
    }

    // Rule 11: by the plan's id, then by its service's name.
    private void CheckPlans(StepContext step, UserState user, LicenseState taken, LicenseState given)
    {
        if (SkuCatalog.Instance.Find(taken.SkuId) is not { } source || SkuCatalog.Instance.Find(given.SkuId) is not { } target)
        {
            return;
        }

        var off = source.Plans.Where(plan => taken.PlansOff.Contains(plan.Id, StringComparison.OrdinalIgnoreCase)).ToList();
        var expected = string.Join(' ', target.Plans
            .Where(plan => off.Exists(other => other.Id == plan.Id) || (off.Exists(other => other.Name == plan.Name) && !source.Plans.Any(other => other.Id == plan.Id)))
            .Select(plan => plan.Id).Order(StringComparer.Ordinal));
        if (expected != given.PlansOff)
        {
            run.Report(Kind.PlansChanged, $"{step.Step}: {run.NameOf(user.Id)} has [{given.PlansOff}] off in {WorldProduct.NameOf(given.SkuId)}, not [{expected}]");
        }
    }

    private void CheckReturned(StepContext step, string customerId, UserState user, List<LicenseState> given)
    {
        var taken = Ledger.Taken.FindAll(license => license.CustomerId == customerId && license.UserId == user.Id && license.By == step.By && license.Journal == step.By.JournalNumber);
        if (taken.Count == 0)
        {
            return;
        }

        foreach (var license in given)
        {
            // What another operator took from them was theirs as well.
            if ((taken.FindLast(former => former.License.SkuId == license.SkuId) ?? Ledger.Taken.FindLast(former => former.UserId == user.Id && former.License.SkuId == license.SkuId)) is not { } former)
            {
                run.Report(Kind.RollbackMovesOthers, $"{step.Step}: {run.NameOf(user.Id)} got {WorldProduct.NameOf(license.SkuId)}, and had had {Names(taken.Select(license => license.License))}", "user");
            }
            else if (former.License.PlansOff != license.PlansOff && former == Ledger.Taken.FindLast(other => other.UserId == user.Id && other.License.SkuId == license.SkuId) && former.By == step.By && !Ledger.IsTouched(user.Id, "User"))
            {
                run.Report(Kind.PlansChanged, $"{step.Step}: {run.NameOf(user.Id)} has [{license.PlansOff}] off in {WorldProduct.NameOf(license.SkuId)}, and had had [{former.License.PlansOff}]");
            }
        }
    }
}
