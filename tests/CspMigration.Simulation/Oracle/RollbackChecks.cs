using System;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Oracle;

/// <summary>What holds once a migration is rolled back.</summary>
internal sealed class RollbackChecks(ProgramRun run, ProgramOracle oracle)
{
    private Ledger Ledger => oracle.Ledger;

    public void Check(StepContext step, StepResult result)
    {
        if (step.Verb != "undo" || step.Options.WhatIf)
        {
            return;
        }

        foreach (var migration in result.Migrations.Where(migration => migration is { State: MigrationState.RolledBack, IsPlanned: false, SourceSubscriptionId: not null }))
        {
            var source = migration.SourceSubscriptionId!;
            _ = Ledger.RolledBack.Add(source);
            Ledger.RolledBackBy[source] = step.By;
            Ledger.ForgetEnding(source);
            _ = Ledger.Finished.RemoveAll(finished => Ledger.Is(finished.SubscriptionId, source) && finished.By == step.By);
        }

        foreach (var migration in result.Migrations.Where(migration => migration is { State: MigrationState.RolledBack, IsPlanned: false, SourceSubscriptionId: not null }))
        {
            var state = oracle.State(migration.CustomerId);
            if (state.Find(migration.SourceSubscriptionId) is { } source && !oracle.IsTouchedMeanwhile(step, state.Id))
            {
                CheckSource(step, source);
                CheckOthers(step, state, source);
                CheckBilled(step, state, source.Id);
                CheckUsers(step, state, source);
            }
        }
    }

    // It was ours to end only where we ended it; what others did to it since is theirs.
    private void CheckSource(StepContext step, SubscriptionState source)
    {
        var isTouched = Ledger.Touches.Exists(touch => touch.By is null && Ledger.Is(touch.Subject, source.Id));
        var renewed = run.SpecOf(source.Id)?.Renews == true && !Ledger.SetByName.Contains(source.Id);
        if (!isTouched && (!source.IsActive || (renewed && !source.Renews && WroteRenewal(step, source.Id))))
        {
            run.Report(Kind.RollbackIncomplete, $"{step.Step}: {run.NameOf(source.Id)} is {source.Status} and {(source.Renews ? "renews" : "does not renew")}; it {(renewed ? "renewed" : "did not renew")} before", "source");
        }
    }

    // With the journal lost no one knows that it renewed.
    private bool WroteRenewal(StepContext step, string sourceId) =>
        Ledger.Touches.Exists(touch => touch.By == step.By && Ledger.Is(touch.Subject, sourceId) && touch.What == nameof(SubscriptionState.Renews)) && step.By.JournalNumber == 1;

    // Users of another source of the SKU that stays migrated must not be back on it.
    private void CheckOthers(StepContext step, CustomerState state, SubscriptionState source)
    {
        var others = state.Subscriptions.Where(other => other.IsActive && other.SkuId == source.SkuId && other.Id != source.Id && Ledger.IsLeftToEnd(other.Id, step.By)).ToList();
        var staying = oracle.Staying(state, source.SkuId, step.By);
        if (others.Count > 0 && state.Holders(source.SkuId) > staying && !Ledger.IsTouched(state.Id))
        {
            run.Report(Kind.RollbackMovesOthers, $"{step.Step}: {state.Holders(source.SkuId)} users hold {WorldProduct.NameOf(source.SkuId)}, of which {staying} seats stay; {string.Join(" and ", others.Select(other => run.NameOf(other.Id)))} stays migrated", "pool");
        }
    }

    private void CheckBilled(StepContext step, CustomerState state, string sourceId)
    {
        foreach (var purchase in Ledger.PurchasesFor(state.Id, sourceId).Where(purchase => !purchase.IsAddOn && purchase.Sources.All(source => Ledger.RolledBack.Contains(source) && Ledger.RolledBackBy[source] == step.By) && !IsUsedByOthers(purchase)).ToList())
        {
            foreach (var bought in Ledger.Purchases.Where(other => other == purchase || (other.IsAddOn && Ledger.Is(other.BaseId, purchase.SubscriptionId))))
            {
                if (state.Find(bought.SubscriptionId) is { } subscription && IsBilledOn(subscription) && IsKnown(step, bought, subscription) && !IsTouched(subscription.Id))
                {
                    run.Report(Kind.BilledAfterRollback, $"{step.Step}: {subscription.Quantity} seats of {WorldProduct.NameOf(subscription.SkuId)}, bought for {run.NameOf(sourceId)}, are {subscription.Status} and {(subscription.Renews ? "renew" : "do not renew")}");
                }
            }
        }

        foreach (var growth in Ledger.Growths.Where(growth => growth.Sources.Any(id => sourceId.StartsWith(id, StringComparison.OrdinalIgnoreCase))
            && growth.Sources.All(id => Ledger.RolledBack.Any(other => other.StartsWith(id, StringComparison.OrdinalIgnoreCase)))).ToList())
        {
            var isLast = !Ledger.Growths.Exists(other => other != growth && Ledger.Is(other.SubscriptionId, growth.SubscriptionId));
            if (isLast && state.Find(growth.SubscriptionId) is { IsActive: true } grown && grown.Quantity > growth.Before && grown.NextQuantity != growth.Before && !IsTouched(grown.Id) && growth.Journal == step.By.JournalNumber && growth.By == step.By)
            {
                run.Report(Kind.BilledAfterRollback, $"{step.Step}: {run.NameOf(grown.Id)} keeps {grown.Quantity} seats, {growth.After - growth.Before} of which were added for {run.NameOf(sourceId)}");
            }

            _ = Ledger.Growths.Remove(growth);
        }
    }

    // Free seats of it may have been chosen for a source that it was not bought for.
    private bool IsUsedByOthers(Purchase purchase) =>
        Ledger.Promises.Any(promise => Ledger.Is(promise.Value.TargetId, purchase.SubscriptionId) && !Ledger.RolledBack.Contains(promise.Key));

    private bool IsBilledOn(SubscriptionState subscription)
    {
        return !subscription.IsNewCommerce ? subscription.IsActive
            : subscription.IsActive && (subscription.Renews || run.Now < subscription.CancelableUntil);
    }

    // By the journal; else by the mark, if there is no other with the same.
    private bool IsKnown(StepContext step, Purchase bought, SubscriptionState subscription)
    {
        return (bought.By == step.By && bought.Journal == step.By.JournalNumber)
            || (Call.IsMarked(subscription.Name) && bought.Sources.All(source => Ledger.PurchasesFor(bought.CustomerId, source).Take(2).Count() == 1));
    }

    private bool IsTouched(string subscriptionId) => Ledger.Touches.Exists(touch => touch.By is null && Ledger.Is(touch.Subject, subscriptionId) && touch.What != "Time");

    // Where all of a SKU is rolled back: who was moved away from it is back.
    private void CheckUsers(StepContext step, CustomerState state, SubscriptionState source)
    {
        var isMigratedElsewhere = state.Foreign(source.SkuId) > 0 || Ledger.Promises.Keys.Concat(Ledger.Purchases.SelectMany(purchase => purchase.Sources))
            .Select(state.Find).OfType<SubscriptionState>().Any(other => other.SkuId == source.SkuId && !Ledger.RolledBack.Contains(other.Id));
        if (isMigratedElsewhere || Ledger.IsTouched(state.Id))
        {
            return;
        }

        foreach (var taken in Ledger.Taken.Where(taken => taken.CustomerId == state.Id && taken.License.SkuId == source.SkuId && taken.By == step.By && taken.Journal == step.By.JournalNumber).ToList())
        {
            // Who was moved by another operator since is in that one's journal.
            var isLast = Ledger.Taken.FindLast(other => other.UserId == taken.UserId && other.License.SkuId == source.SkuId)!.By == step.By;
            if (isLast && state.FindUser(taken.UserId) is { IsDeleted: false, HasLocation: true } user && !user.Holds(source.SkuId) && !run.IsRefused(user.Id))
            {
                run.Report(Kind.RollbackIncomplete, $"{step.Step}: {run.NameOf(user.Id)} was moved away from {WorldProduct.NameOf(source.SkuId)} and is not back", "users");
            }

            _ = Ledger.Taken.Remove(taken);
        }
    }
}
