using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Worlds;
using Newtonsoft.Json.Linq;

namespace CspMigration.Simulation.Oracle;

/// <summary>What holds of purchases: one for what was asked once, for whom it is, and enough for all it is promised to.</summary>
internal sealed class PurchaseChecks(ProgramRun run, ProgramOracle oracle)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _cartNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Call, int Status, StepContext Step)> _answered = [];
    private bool _isResellerAsked;

    private Ledger Ledger => oracle.Ledger;

    /// <summary>Keeps what the lines of a cart are called: its checkout does not say it again.</summary>
    public async Task RememberCartAsync(Call call, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            _cartNames[(string)JObject.Parse(await response.Content.ReadAsStringAsync())["id"]!] = call.FriendlyNames;
        }
    }

    public void Check(StepContext step, Call call, CustomerState before, CustomerState after)
    {
        _isResellerAsked |= step.Options.Reseller is not null;
        var bought = after.Subscriptions.Where(subscription => before.Find(subscription.Id) is null).ToList();
        var names = call.CartId is { } cartId ? _cartNames.GetValueOrDefault(cartId, []) : call.FriendlyNames;
        foreach (var (subscription, index) in bought.Select((subscription, index) => (subscription, index)))
        {
            Check(step, after, subscription, names.Count > 0 ? names[Math.Min(index, names.Count - 1)] : subscription.Name);
        }
    }

    /// <summary>A request id is used again only while no one knows what became of the request.</summary>
    public void Answered(StepContext step, string requestId, Call call, HttpStatusCode status)
    {
        if (_answered.TryGetValue(requestId, out var former))
        {
            run.Report(Kind.RequestIdKept, $"{step.Step}: {call} was sent again under the request id of {former.Call}, which was answered {former.Status}");
        }

        // After 401 the same call goes again with another token; 408, 429 and 5xx say nothing of what was done.
        if ((int)status is >= 200 and < 500 and not (401 or 408 or 429))
        {
            _answered[requestId] = (call.ToString(), (int)status, step);
        }
    }

    /// <summary>The process ended in the middle of a command: what it was answered last it may not have written down.</summary>
    public void Forget(StepContext step)
    {
        foreach (var requestId in _answered.Where(answer => answer.Value.Step == step).Select(answer => answer.Key).ToList())
        {
            _ = _answered.Remove(requestId);
        }
    }

    /// <summary>Notes which targets were named for which sources, and checks that their seats are enough for all.</summary>
    public void Promise(StepContext step, StepResult result)
    {
        var isReal = !step.Options.WhatIf;
        var named = result.Targets.Concat(result.Migrations.Where(_ => step.Verb == "run").Select(migration => migration.Target).OfType<Contracts.TargetSubscription>()).ToList();
        foreach (var target in named.Where(target => !target.IsPlanned && isReal && target.LicenseMoveNeeded && target.SkuId is not null && target.SourceSkuId is not null))
        {
            var source = target.SourceSubscriptionId ?? target.SourceSkuId!;
            Ledger.Promises[source] = new Promise(target.TargetSubscriptionId, target.SkuId!.ToLowerInvariant(), step.By, step.By.JournalNumber);
            _ = Ledger.RolledBack.Remove(source);
            _ = step.Options.Quantity is not null && Ledger.QuantityAsked.Add(source);
            _ = oracle.Relations.Add((target.SourceSkuId!.ToLowerInvariant(), target.SkuId!.ToLowerInvariant()));
        }

        // Who finds too few seats may say so in place of adding some.
        var isSaid = result.Warnings.Exists(warning => warning.Contains(" too few for those who are still to be moved", StringComparison.Ordinal));
        if (isReal && !isSaid && !step.IsDisturbed && step.Verb is "buy" or "line" or "run" && run.Views.Hidden.Count == 0 && oracle.Lag == TimeSpan.Zero)
        {
            foreach (var customerId in named.Select(target => target.CustomerId).Distinct())
            {
                CheckSeats(step, oracle.State(customerId), [.. named.Where(target => target.CustomerId == customerId).Select(target => target.SkuId).OfType<string>().Select(sku => sku.ToLowerInvariant()).Distinct()]);
            }
        }
    }

    private void Check(StepContext step, CustomerState after, SubscriptionState bought, string name)
    {
        var purchase = new Purchase(
            after.Id,
            bought.Id,
            bought.SkuId,
            [.. Call.MarksOf(name, "from").Select(id => FullId(after, id))],
            Call.MarksOf(name, "with").Select(id => FullId(after, id)).FirstOrDefault(),
            step.By, step.By.JournalNumber, run.Now);
        foreach (var former in Ledger.Purchases.Where(other => other.CustomerId == after.Id && IsForTheSame(other, purchase)))
        {
            // After a rollback that came too late to give it back, the former one is only waiting for its end.
            var isGivenUp = !former.IsAddOn && former.Sources.All(Ledger.RolledBack.Contains);
            if (!isGivenUp && after.Find(former.SubscriptionId) is { IsActive: true } still && CouldKnow(step.By, former, still)
                && !Ledger.IsTouched(still.Id, nameof(SubscriptionState.Renews)) && !Ledger.IsTouched(still.Id, nameof(SubscriptionState.Status)))
            {
                run.Report(Kind.BoughtTwice, $"{step.Step}: {bought.Quantity} seats of {WorldProduct.NameOf(bought.SkuId)} for {Names(purchase)}, "
                    + $"while {still.Quantity} seats of {WorldProduct.NameOf(still.SkuId)} bought for {Names(former)} by {former.By} are active");
            }
        }

        if (step.Options.Quantity is not null)
        {
            Ledger.QuantityAsked.UnionWith(purchase.Sources);
        }

        CheckReseller(after, step, bought, purchase);
        if (purchase.IsAddOn && !bought.IsAssignable && bought.Quantity != 1)
        {
            run.Report(Kind.AddOnQuantity, $"{step.Step}: {bought.Quantity} units of {WorldProduct.NameOf(bought.SkuId)}");
        }

        Ledger.Purchases.Add(purchase);
    }

    private static bool IsForTheSame(Purchase one, Purchase other)
    {
        return one.IsAddOn == other.IsAddOn
            && (one.IsAddOn ? Ledger.Is(one.BaseId, other.BaseId) && one.SkuId == other.SkuId : one.Sources.Intersect(other.Sources, StringComparer.OrdinalIgnoreCase).Any());
    }

    private string Names(Purchase purchase) => string.Join(" and ", purchase.Sources.Concat(purchase.IsAddOn ? [purchase.BaseId!] : []).Select(run.NameOf));

    // By its journal; else by the mark, once the service lists what has it.
    private bool CouldKnow(Operator one, Purchase former, SubscriptionState still)
    {
        var isMarked = !run.World.DropsMarks
            && former.Sources.Concat(former.IsAddOn ? [former.BaseId!] : [])
                .Any(source => Call.MarksOf(still.Name, former.IsAddOn ? "with" : "from").Any(id => source.StartsWith(id, StringComparison.OrdinalIgnoreCase)));
        return (former.By == one && former.Journal == one.JournalNumber)
            || (isMarked && run.Now - former.At >= run.World.ListLag && (former.By == one || !oracle.HasUnseen(one, former.CustomerId, former.SubscriptionId)));
    }

    private void CheckReseller(CustomerState after, StepContext step, SubscriptionState bought, Purchase purchase)
    {
        foreach (var source in purchase.Sources.Select(after.Find).OfType<SubscriptionState>().Where(source => source.Reseller.Length > 0 && source.Reseller != bought.Reseller && !_isResellerAsked))
        {
            run.Report(Kind.ResellerLost, $"{step.Step}: {run.NameOf(source.Id)} has {source.Reseller} as its reseller, its target \"{bought.Reseller}\"");
        }
    }

    private static string FullId(CustomerState state, string digits)
    {
        return state.Subscriptions.Select(subscription => subscription.Id).Concat(state.Skus)
            .FirstOrDefault(id => id.StartsWith(digits, StringComparison.OrdinalIgnoreCase)) ?? digits;
    }

    // Rule 12, over all sources whose users have not moved yet. Who holds two of the sources needs one seat.
    private void CheckSeats(StepContext step, CustomerState state, IReadOnlyList<string> targetSkus)
    {
        if (Ledger.IsTouched(state.Id))
        {
            return;
        }

        // Where a target was ended or set by name, its users may sit on the others' seats.
        foreach (var targetSku in targetSkus.Where(skuId => !state.Subscriptions.Any(subscription => subscription.SkuId == skuId && Ledger.SetByName.Contains(subscription.Id))))
        {
            var sources = Ledger.Promises.Where(promise => promise.Value.SkuId == targetSku && !Ledger.RolledBack.Contains(promise.Key) && IsKnown(step.By, state, promise.Key, promise.Value))
                .Select(promise => state.Find(promise.Key)).OfType<SubscriptionState>().Where(source => source.IsActive && source.SkuId != targetSku).ToList();
            // Where seats of a source's SKU were asked to be ended, its users are too many for the others.
            if (sources.Count == 0 || sources.Exists(source => Ledger.QuantityAsked.Contains(source.Id)
                || state.Subscriptions.Any(other => other.SkuId == source.SkuId && Ledger.SetByName.Contains(other.Id))))
            {
                continue;
            }

            var need = Need(state, targetSku, sources);
            var elsewhere = sources.GroupBy(source => source.SkuId).Sum(sku => Math.Min(FreeElsewhere(state, targetSku, sku.Key), Need(state, targetSku, [.. sku])));
            if (state.Free(targetSku) + elsewhere < need)
            {
                run.Report(Kind.SeatsPromisedTwice, $"{step.Step}: {need} users of {string.Join(" and ", sources.Select(source => run.NameOf(source.Id)))} need a seat of {WorldProduct.NameOf(targetSku)}, {state.Free(targetSku)} are free");
            }
        }
    }

    // Users of one SKU cannot be told apart: who finds no seat of one target may have one of another that sources of the SKU have.
    private int FreeElsewhere(CustomerState state, string targetSku, string sourceSku)
    {
        return Ledger.Promises
            .Where(promise => promise.Value.SkuId != targetSku && !Ledger.RolledBack.Contains(promise.Key) && state.Find(promise.Key)?.SkuId == sourceSku)
            .Select(promise => promise.Value.SkuId).Distinct().Sum(skuId => Math.Max(0, state.Free(skuId)));
    }

    // By the operator's own journal, or by the target's mark.
    private static bool IsKnown(Operator one, CustomerState state, string source, Promise promise)
    {
        return (promise.By == one && promise.Journal == one.JournalNumber)
            || (state.Find(promise.TargetId) is { IsActive: true } target && Call.MarksOf(target.Name, "from").Concat(Call.MarksOf(target.Name, "seats for")).Any(id => source.StartsWith(id, StringComparison.OrdinalIgnoreCase)));
    }

    // Where some units of a source's SKU stay, who moves cannot be told: then no more is claimed than what is certain.
    private static int Need(CustomerState state, string targetSku, List<SubscriptionState> sources)
    {
        var certain = new HashSet<string>();
        var atLeast = 0;
        foreach (var sku in sources.GroupBy(source => source.SkuId))
        {
            var going = sku.Select(source => source.Id).ToList();
            var staying = state.Foreign(sku.Key) + state.Subscriptions
                .Where(subscription => subscription.SkuId == sku.Key && subscription.IsActive && !going.Contains(subscription.Id)).Sum(subscription => subscription.Quantity);
            var holders = state.Users.Where(user => user.Holds(sku.Key)).ToList();
            if (staying == 0)
            {
                certain.UnionWith(holders.Where(user => !user.Holds(targetSku)).Select(user => user.Id));
            }
            else
            {
                atLeast = Math.Max(atLeast, holders.Count - staying - holders.Count(user => user.Holds(targetSku)));
            }
        }

        return Math.Max(certain.Count, atLeast);
    }
}
