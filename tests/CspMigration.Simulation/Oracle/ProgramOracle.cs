using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Oracle;

/// <summary>
/// Knows what must hold while a program runs. It sees every change before and after, with who made it, and asks the world
/// itself rather than the service.
/// </summary>
internal sealed class ProgramOracle
{
    // A purchase of a year or of a month lasts a few days more.
    private static readonly TimeSpan Year = TimeSpan.FromDays(300);
    private static readonly TimeSpan Month = TimeSpan.FromDays(27);

    private readonly ProgramRun _run;
    private readonly WriteChecks _writes;
    private readonly PurchaseChecks _purchases;
    private readonly ReportChecks _reports;
    private readonly RollbackChecks _rollbacks;
    private readonly AgainChecks _again;
    private readonly Dictionary<string, CustomerState> _last = [];
    private readonly Dictionary<(string CustomerId, string SkuId), int> _losses = [];
    private readonly Dictionary<(string CustomerId, string SkuId), int> _unserved = [];
    private readonly List<(string CustomerId, string SkuId, DateTimeOffset At)> _holderGains = [];

    public ProgramOracle(ProgramRun run)
    {
        _run = run;
        _writes = new WriteChecks(run, this);
        _purchases = new PurchaseChecks(run, this);
        _reports = new ReportChecks(run, this, _writes);
        _rollbacks = new RollbackChecks(run, this);
        _again = new AgainChecks(run, this);
    }

    public Ledger Ledger { get; } = new();

    /// <summary>Which directory SKUs an operator was told to move from and to.</summary>
    public HashSet<(string Source, string Target)> Relations { get; } = [];

    /// <summary>Whose question stands; null while none does.</summary>
    public Operator? PromptOf { get; set; }

    /// <summary>How late the service may show a change.</summary>
    public TimeSpan Lag => new[] { _run.World.UnitsLag, _run.World.ViewLag, _run.World.ListLag }.Max();

    public void Begin()
    {
        foreach (var customer in _run.Customers)
        {
            Rebase(State(customer.Id));
        }
    }

    /// <summary>A customer as it truly is now.</summary>
    public CustomerState State(string customerId) => CustomerState.Of(_run.Customers.First(customer => Ledger.Is(customer.Id, customerId)), _run.Now);

    /// <summary>The customer a subscription belongs to.</summary>
    public string CustomerOf(string subscriptionId) => _run.Customers.First(customer => State(customer.Id).Find(subscriptionId) is not null).Id;

    /// <summary>The same right before an operator's change: what time has done since the last one is no one's doing.</summary>
    public CustomerState Before(string customerId)
    {
        var state = State(customerId);
        if (_last.TryGetValue(customerId, out var last) && last.At < state.At)
        {
            Rebase(state);
        }

        return state;
    }

    /// <summary>Checks a change that an operator has just made.</summary>
    public async Task AfterRequestAsync(StepContext step, Call call, CustomerState before, HttpResponseMessage response)
    {
        if (step.Step.Has("what-if"))
        {
            _run.Report(Kind.PlanWrites, $"{step.Step}: {call} was sent for a plan");
        }

        var after = State(call.CustomerId!);
        if (call.IsCart)
        {
            await _purchases.RememberCartAsync(call, response);
        }
        else if (call.IsOrder)
        {
            _purchases.Check(step, call, before, after);
        }
        else if (call.IsPatch)
        {
            _writes.CheckChange(step, call, before, after);
        }
        else if (call.IsUpdate)
        {
            _writes.CheckUpdate(step, call, before, after);
        }

        Note(before, after, step.By);
        _last[after.Id] = after;
    }

    /// <summary>Notes an answer to an order as the operator got it.</summary>
    public void OrderAnswered(StepContext step, string requestId, Call call, HttpStatusCode status) => _purchases.Answered(step, requestId, call, status);

    /// <summary>The process of an operator ended in the middle of a command.</summary>
    public void Died(StepContext step)
    {
        _purchases.Forget(step);

        // What it had finished by then it could not say any more; its journal does.
        foreach (var source in step.Sources.Where(source => Array.Exists(step.By.Journal.Text.Split('\n'), line =>
            line.Contains("StatusSettled", StringComparison.OrdinalIgnoreCase) && line.Contains(source, StringComparison.OrdinalIgnoreCase))))
        {
            Ledger.Finish(source, step.By);
        }
    }

    /// <summary>Something that no operator does: another administrator, or time.</summary>
    public async Task BySomebodyElseAsync(Func<Task> work, bool isTime = false)
    {
        var before = _run.Customers.Select(customer => State(customer.Id)).ToList();
        await work();
        foreach (var former in before)
        {
            var now = State(former.Id);
            Note(former, now, by: null, isTime);
            Allow(former, now);
            Rebase(now);
        }
    }

    /// <summary>Checks what a command has said, against what is so.</summary>
    public Task AfterStepAsync(StepContext step, StepResult result)
    {
        _purchases.Promise(step, result);
        _rollbacks.Check(step, result);
        _reports.Check(step, result);
        if (step.Verb is "undo" or "set" or "end" or "resume")
        {
            if (step.Verb != "undo")
            {
                Ledger.SetByName.UnionWith(step.Named);
            }

            // More seats or another name leave it finished, and so does what changed nothing.
            if (step.Verb == "resume" || step.Options.AutoRenew is not null)
            {
                _ = step.Writes > 0 && Ledger.Finished.RemoveAll(finished => step.Named.Contains(finished.SubscriptionId)) > 0;
            }

            foreach (var customer in _run.Customers)
            {
                Rebase(State(customer.Id));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Compares what a plan said with what the run right after it did.</summary>
    public void Compare(StepContext step, StepResult planned, StepResult done)
    {
        if (!step.IsDisturbed && _run.Views.Hidden.Count == 0 && Lag == TimeSpan.Zero)
        {
            new PlanComparison(_run).Check(step, planned, done);
        }
    }

    public void AfterAgain(StepContext step, StepResult result) => _again.CheckFirst(step, result);

    public void AfterSecond(StepContext step, StepResult result) => _again.CheckSecond(step, result);

    /// <summary>
    /// Whether another administrator has changed something at a customer that the operator need not have seen: in its last requests, or within
    /// what the service shows late. While the operator's own question stood is always to be seen.
    /// </summary>
    public bool HasUnseen(Operator one, string customerId, string? subject = null)
    {
        return Ledger.Touches.Exists(touch => Ledger.Is(touch.CustomerId, customerId)
            && touch.By != one
            && (subject is null || Ledger.Is(touch.Subject, subject))
            && !IsSeen(one, touch));
    }

    /// <summary>Whether another administrator, or time, has changed anything at a customer since a command began: then what it did need not be so any more.</summary>
    public bool IsTouchedMeanwhile(StepContext step, string customerId) =>
        Ledger.Touches.Skip(step.TouchesBefore).Any(touch => Ledger.Is(touch.CustomerId, customerId) && touch.By != step.By);

    /// <summary>Whether users have got licenses of a SKU that the units may not show yet.</summary>
    public bool HasUnseenHolders(string customerId, string skuId) =>
        _run.World.UnitsLag > TimeSpan.Zero && _holderGains.Exists(gain => gain.CustomerId == customerId && gain.SkuId == skuId && _run.Now - gain.At <= _run.World.UnitsLag);

    /// <summary>Whether an operator must have seen a change: it is not late, and was there before the command or the answer to a question, or has been for long enough in the command.</summary>
    public bool IsSeen(Operator one, Touch touch)
    {
        return _run.Now - touch.At >= Lag
            && (touch.PromptOf == one || touch.Number < one.Step?.TouchesBefore || one.Requests - touch.Requests.GetValueOrDefault(one) > RequestsToSee(touch.CustomerId));
    }

    // Right before a change everything at a customer is read once more: each subscription, each user, and what there is one of; then users are changed one by one.
    private int RequestsToSee(string customerId)
    {
        var state = State(customerId);
        return 12 + state.Subscriptions.Count + (2 * state.Users.Count);
    }

    /// <summary>Holders of a SKU for whom there is no seat that lasts.</summary>
    public int Loss(CustomerState state, string skuId) => Math.Max(0, state.Holders(skuId) - Lasting(state, skuId, Long(state)));

    /// <summary>The same, as others have made it.</summary>
    public int LossByOthers(string customerId, string skuId) => _losses.GetValueOrDefault((customerId, skuId));

    /// <summary>Holders who could not work already, whatever we do.</summary>
    public int UnservedByOthers(string customerId, string skuId) => _unserved.GetValueOrDefault((customerId, skuId));

    /// <summary>Seats of a SKU that stay: those of active subscriptions an operator has not left to expire, and other channels' units.</summary>
    public int Staying(CustomerState state, string skuId, Operator one) => state.Foreign(skuId) + state.Subscriptions
        .Where(subscription => subscription.SkuId == skuId && subscription.IsActive && !Ledger.IsLeftToEnd(subscription.Id, one))
        .Sum(subscription => subscription.Quantity);

    /// <summary>Whether a step has taken the mark off a name.</summary>
    public bool HasLostMark(StepContext step) => _writes.HasLostMark(step);

    private int Lasting(CustomerState state, string skuId, TimeSpan term) => state.Foreign(skuId) + state.Subscriptions
        .Where(subscription => subscription.SkuId == skuId && IsLasting(state, subscription, term)).Sum(subscription => subscription.Quantity);

    private bool IsLasting(CustomerState state, SubscriptionState subscription, TimeSpan term)
    {
        return subscription is { IsActive: true, IsTrial: false }
            && (subscription.Renews
                || (subscription.End >= state.At + term && !Ledger.Purchases.Exists(purchase => Ledger.Is(purchase.SubscriptionId, subscription.Id)))
                || Ledger.IsTouched(subscription.Id, nameof(SubscriptionState.Renews))
                || Ledger.SetByName.Contains(subscription.Id));
    }

    // As long as a purchase would last: one of a month where that was asked for, or is the term of a source, which the target takes over (rule 6).
    private TimeSpan Long(CustomerState state) =>
        _run.IsShortTermAsked || state.Subscriptions.Any(subscription => subscription.IsActive && subscription.Term == "P1M") ? Month : Year;

    // Whom others give a license, and what seats they take, is not ours to answer for.
    private void Allow(CustomerState before, CustomerState after)
    {
        foreach (var skuId in after.Skus)
        {
            var key = (after.Id, skuId);
            _losses[key] = _losses.GetValueOrDefault(key)
                + Math.Max(0, after.Holders(skuId) - before.Holders(skuId)) + Math.Max(0, Lasting(before, skuId, Long(before)) - Lasting(after, skuId, Long(after)));
        }
    }

    private void Rebase(CustomerState state)
    {
        foreach (var skuId in state.Skus)
        {
            var key = (state.Id, skuId);
            _losses[key] = Math.Max(_losses.GetValueOrDefault(key), Loss(state, skuId));
            _unserved[key] = Math.Max(_unserved.GetValueOrDefault(key), state.Unserved(skuId));
        }

        _last[state.Id] = state;
    }

    private void Note(CustomerState before, CustomerState after, Operator? by, bool isTime = false)
    {
        foreach (var subscription in after.Subscriptions)
        {
            if (before.Find(subscription.Id) is not { } former)
            {
                Touch(subscription.Id, "Purchase");
                continue;
            }

            foreach (var what in WriteChecks.Differences(former, subscription))
            {
                Touch(subscription.Id, what);
            }
        }

        foreach (var user in after.Users)
        {
            var former = before.FindUser(user.Id);
            foreach (var license in user.Licenses.Where(license => former?.Holds(license.SkuId) != true))
            {
                _holderGains.Add((after.Id, license.SkuId, _run.Now));
            }

            if (former is null || former.IsDeleted != user.IsDeleted || former.HasLocation != user.HasLocation || !former.Licenses.SequenceEqual(user.Licenses))
            {
                Touch(user.Id, "User");
            }
        }

        void Touch(string subject, string what) => Ledger.Touches.Add(new Touch(
            after.Id, subject, isTime ? "Time" : what, by, _run.Operators.ToDictionary(one => one, one => one.Requests), PromptOf, _run.Now, Ledger.Touches.Count));
    }
}
