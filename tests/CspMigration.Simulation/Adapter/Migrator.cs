using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Migration.Discovery;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.Migration.Planning;
using CspMigration.Core.Migration.Suspension;
using CspMigration.Core.Migration.Undo;
using CspMigration.Core.Migration.WholeRun;
using CspMigration.Core.Sessions;
using CspMigration.Sandbox;

namespace CspMigration.Simulation.Adapter;

/// <summary>
/// All that the simulation knows of the library: a session, and the commands as the cmdlets drive them. Where the library's
/// layout changes, this file is rewritten and no other.
/// </summary>
internal sealed class Migrator : IDisposable
{
    private readonly PartnerSession _session;
    private readonly CancellationToken _death;

    private Migrator(PartnerSession session, CancellationToken death)
    {
        _session = session;
        _death = death;
    }

    /// <summary>Asked before every change: the question, and whether it may be made.</summary>
    public Func<string, bool> Confirm { get; set; } = _ => true;

    /// <summary>Connects.</summary>
    /// <param name="service">The service.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notebook">The journal's lines.</param>
    /// <param name="death">Ends the process: nothing is sent or written afterwards.</param>
    public static async Task<Migrator> ConnectAsync(HttpMessageHandler service, TimeProvider time, Notebook notebook, CancellationToken death)
    {
        var options = new ConnectionOptions
        {
            Endpoint = SandboxTenant.BaseAddress,
            Handler = service,
            IsSandbox = true,
            Time = time,
            Random = () => 0.5,
            BeforeJournal = _ => new Journal(notebook, death),
        };
        return new Migrator(await PartnerSession.ConnectAsync(options, new Listener(new StepResult()), death), death);
    }

    /// <summary>Get-ExpiringSubscription.</summary>
    public async Task<StepResult> FindAsync(StepOptions options)
    {
        var result = new StepResult();
        var operation = Begin(result);
        var query = new DiscoveryQuery
        {
            Before = operation.Discovery.EndOfWindow(90),
            IncludeAutoRenew = options.IncludeAutoRenew,
            IncludeTrial = options.IncludeTrial,
            IncludeOtherChannel = options.IncludeOtherChannel,
        };
        await TryAsync(result, null, () => operation.Discovery.FindAsync(query, result.Rows.AddRange, error => Fail(result, null, error), _death));
        return result;
    }

    /// <summary>Sources by their ids, as every command reads them.</summary>
    public async Task<StepResult> ReadAsync(IEnumerable<(string CustomerId, string SubscriptionId)> ids)
    {
        var result = new StepResult();
        var operation = Begin(result);
        foreach (var (customerId, subscriptionId) in ids)
        {
            await TryAsync(result, subscriptionId, async () => result.Rows.Add(await operation.Discovery.ReadAsync(customerId, subscriptionId, _death)));
        }

        return result;
    }

    /// <summary>New-TargetSubscription.</summary>
    public async Task<StepResult> BuyAsync(IReadOnlyList<ExpiringSubscription> rows, StepOptions options)
    {
        var result = new StepResult();
        foreach (var customer in rows.GroupBy(row => row.CustomerId))
        {
            PurchasePlanning? planning = null;
            if (await TryAsync(result, customer.First().SubscriptionId, async () => planning = await Begin(result).Purchases.PlanAsync([.. customer], PurchaseOptionsOf(options), _death)))
            {
                await CarryAsync(result, planning!, options);
            }
        }

        return result;
    }

    /// <summary>New-TargetSubscription without a source.</summary>
    public async Task<StepResult> BuyNewAsync(string customerId, StepOptions options)
    {
        var result = new StepResult();
        PurchasePlan? plan = null;
        if (await TryAsync(result, null, async () => plan = await Begin(result).Purchases.PlanWithoutSourceAsync(customerId, PurchaseOptionsOf(options), _death)))
        {
            await CarryAsync(result, plan!, options);
        }

        return result;
    }

    /// <summary>Move-UserLicense.</summary>
    public async Task<StepResult> MoveAsync(IReadOnlyList<TargetSubscription> targets, StepOptions options)
    {
        var result = new StepResult();
        var requests = new List<LicenseMoveRequest>();
        foreach (var target in targets)
        {
            if (target.IsPlanned || options.WhatIf || !target.LicenseMoveNeeded || Ask(result, $"Move users' licenses from {target.SourceSubscriptionId}"))
            {
                requests.Add(new LicenseMoveRequest(target, planOnly: options.WhatIf));
            }
        }

        await TryAsync(result, null, () => Begin(result).LicenseMoves.MoveAsync(
            requests,
            MoveOptionsOf(options),
            move =>
            {
                result.Moves.Add(move);
                return Task.CompletedTask;
            },
            (target, error) => Fail(result, target.SourceSubscriptionId ?? target.SourceSkuId, error),
            _death));
        return result;
    }

    /// <summary>Suspend-Subscription, with what Move-UserLicense gave: add-ons before their bases.</summary>
    public Task<StepResult> SuspendAsync(IReadOnlyList<LicenseMove> moves, StepOptions options) =>
        SuspendAsync(moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null).Select(SuspensionRequest.From), options);

    /// <summary>Suspend-Subscription by ids.</summary>
    public Task<StepResult> SuspendAsync(IEnumerable<(string CustomerId, string SubscriptionId)> ids, StepOptions options) =>
        SuspendAsync(ids.Select(id => new SuspensionRequest { CustomerId = id.CustomerId, SubscriptionId = id.SubscriptionId }), options);

    /// <summary>Resume-Subscription.</summary>
    public async Task<StepResult> ResumeAsync(string customerId, string subscriptionId)
    {
        var result = new StepResult();
        if (Ask(result, $"Make {subscriptionId} active again"))
        {
            await TryAsync(result, subscriptionId, async () => result.Rows.Add(await Begin(result).Changes.ResumeAsync(customerId, subscriptionId, _death)));
        }

        return result;
    }

    /// <summary>Set-Subscription.</summary>
    public async Task<StepResult> SetAsync(string customerId, string subscriptionId, StepOptions options)
    {
        var result = new StepResult();
        if (Ask(result, $"Set {subscriptionId}"))
        {
            await TryAsync(result, subscriptionId, async () =>
                result.Rows.Add(await Begin(result).Changes.SetAsync(customerId, subscriptionId, options.Quantity, options.AutoRenew, options.Name, _death)));
        }

        return result;
    }

    /// <summary>Undo-SubscriptionMigration by ids.</summary>
    public Task<StepResult> UndoAsync(IEnumerable<(string CustomerId, string SubscriptionId)> ids, StepOptions options) =>
        UndoAsync(ids.Select(id => new UndoRequest { CustomerId = id.CustomerId, SourceSubscriptionId = id.SubscriptionId }), options);

    /// <summary>Undo-SubscriptionMigration with what another command gave.</summary>
    public Task<StepResult> UndoAsync(IEnumerable<SubscriptionMigration> migrations, StepOptions options) => UndoAsync(migrations.Select(UndoRequest.From), options);

    /// <summary>Invoke-SubscriptionMigration.</summary>
    public async Task<StepResult> RunAsync(IReadOnlyList<ExpiringSubscription> rows, StepOptions options)
    {
        var result = new StepResult();
        MigrationRunPlan? plan = null;
        var runOptions = new MigrationRunOptions
        {
            Purchases = PurchaseOptionsOf(options),
            LicenseMoves = MoveOptionsOf(options),
            Suspensions = SuspensionOptionsOf(options),
            StopAfter = options.StopAfter,
            CustomersAtOnce = 1,
        };
        if (rows.Count == 0 || !await TryAsync(result, null, async () => plan = await Begin(result).Runs.PlanAsync(rows, runOptions, _death)))
        {
            return result;
        }

        result.LeftOut.AddRange(plan!.Unmapped.Select(row => row.Key.SubscriptionId ?? row.Key.SkuId ?? ""));
        if (options.WhatIf)
        {
            await TryAsync(result, null, () => Begin(result).Runs.DescribeAsync(plan, result.Migrations.Add, (row, error) => Fail(result, row.SubscriptionId ?? row.SkuId, error), _death));
        }
        else if (!plan.NeedsWrite || Ask(result, plan.ActionText))
        {
            await TryAsync(result, null, () => Begin(result).Runs.ExecuteAsync(plan, result.Migrations.Add, (row, error) => Fail(result, row.SubscriptionId ?? row.SkuId, error), _death));
        }

        return result;
    }

    /// <summary>Get-SubscriptionMigration -Refresh.</summary>
    public async Task<StepResult> StatusAsync()
    {
        var result = new StepResult();
        var operation = Begin(result);
        await TryAsync(result, null, () => operation.Standing.RefreshAsync(
            operation.Standing.Read(), [], result.Migrations.Add, (migration, error) => Fail(result, migration?.SourceSubscriptionId, error), _death));
        return result;
    }

    public void Dispose() => _session.Dispose();

    private static PurchaseOptions PurchaseOptionsOf(StepOptions options) => new()
    {
        Target = options.Target,
        Quantity = options.Quantity,
        RightSize = options.RightSize,
        BillingCycle = options.BillingCycle,
        Term = options.Term,
        AddOns = options.AddOn is null ? [] : [options.AddOn],
        PartnerIdOnRecord = options.Reseller,
        FriendlyName = options.Name,
        Commerce = options.Commerce,
    };

    private static LicenseMoveOptions MoveOptionsOf(StepOptions options) => new()
    {
        Users = options.User is null ? [] : [options.User],
        UsageLocation = options.UsageLocation,
        UsersAtOnce = 1,
        CustomersAtOnce = 1,
    };

    private static SuspensionOptions SuspensionOptionsOf(StepOptions options) => new()
    {
        Reason = options.Reason,
        AtTermEnd = options.AtTermEnd,
        Immediate = options.Immediate,
        Cancel = options.Cancel,
    };

    private static void Fail(StepResult result, string? subscriptionId, CspMigrationException error) => result.Errors.Add((subscriptionId ?? error.SubscriptionId, error));

    private static async Task<bool> TryAsync(StepResult result, string? subscriptionId, Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (CspMigrationException e)
        {
            Fail(result, subscriptionId, e);
            return false;
        }
    }

    private MigrationOperation Begin(StepResult result) => _session.Begin(new Listener(result));

    private bool Ask(StepResult result, string question)
    {
        var isConfirmed = Confirm(question);
        result.Declined += isConfirmed ? 0 : 1;
        return isConfirmed;
    }

    private async Task CarryAsync(StepResult result, PurchasePlanning planning, StepOptions options)
    {
        result.LeftOut.AddRange(planning.Unmapped.Select(row => row.Key.SubscriptionId ?? row.Key.SkuId ?? ""));
        foreach (var failure in planning.Failures)
        {
            Fail(result, failure.Key.SubscriptionId ?? failure.Key.SkuId, failure.Value);
        }

        if (planning.Blocked.Count > 0 && !options.WhatIf)
        {
            await TryAsync(result, null, () => Begin(result).Purchases.NoteBlockedAsync(planning, _death));
        }

        foreach (var plan in planning.Plans)
        {
            await CarryAsync(result, plan, options);
        }
    }

    // A purchase that fails is the failure of all its sources.
    private async Task CarryAsync(StepResult result, PurchasePlan plan, StepOptions options)
    {
        if (options.WhatIf)
        {
            result.Targets.AddRange(plan.ToPlanned());
            return;
        }

        if (plan.NeedsCart && !await TryPlanAsync(async () => plan = await Begin(result).Purchases.PrepareAsync(plan, _death)))
        {
            return;
        }

        if (plan.NeedsWrite && !Ask(result, plan.ActionText))
        {
            return;
        }

        var done = (Targets: (IReadOnlyList<TargetSubscription>)[], Replanned: (PurchasePlanning?)null);
        if (await TryPlanAsync(async () =>
        {
            var executed = await Begin(result).Purchases.ExecuteAsync(plan, wait: false, _death);
            done = (executed.Targets, executed.Replanned);
        }))
        {
            result.Targets.AddRange(done.Targets);
            if (done.Replanned is { } instead)
            {
                await CarryAsync(result, instead, options);
            }
        }

        async Task<bool> TryPlanAsync(Func<Task> work)
        {
            try
            {
                await work();
                return true;
            }
            catch (CspMigrationException e)
            {
                foreach (var key in plan.Rows.Select(row => row.SubscriptionId ?? row.SkuId).DefaultIfEmpty(null))
                {
                    Fail(result, key, e);
                }

                return false;
            }
        }
    }

    private async Task<StepResult> SuspendAsync(IEnumerable<SuspensionRequest> requests, StepOptions options)
    {
        var result = new StepResult();
        var planned = new PlannedSuspensions();
        foreach (var request in requests)
        {
            SuspensionPlan? plan = null;
            request.PlanOnly = options.WhatIf;
            request.Before = planned;
            var key = request.SubscriptionId ?? request.SkuId;
            if (!await TryAsync(result, key, async () => plan = await Begin(result).Suspensions.PlanAsync(request, SuspensionOptionsOf(options), _death)))
            {
                continue;
            }

            if (plan!.Warning is { } warning)
            {
                result.Warnings.Add(warning);
            }

            if (options.WhatIf || request.IsPlanned)
            {
                planned.Add(plan);
                result.Suspensions.Add(plan.Planned);
            }
            else if (!plan.NeedsWrite || Ask(result, plan.ActionText))
            {
                await TryAsync(result, key, async () => result.Suspensions.Add(await Begin(result).Suspensions.ExecuteAsync(plan, _death)));
            }
        }

        return result;
    }

    private async Task<StepResult> UndoAsync(IEnumerable<UndoRequest> requests, StepOptions options)
    {
        var result = new StepResult();
        IReadOnlyList<UndoRequest> ordered = [];
        await TryAsync(result, null, async () => ordered = await Begin(result).Undo.PrepareAsync([.. requests.Where(request => !request.IsPlanned)], _death));
        foreach (var request in ordered)
        {
            UndoPlan? plan = null;
            var key = request.SourceSubscriptionId;
            if (!await TryAsync(result, key, async () => plan = await Begin(result).Undo.PlanIfBoughtAsync(request, _death)))
            {
                continue;
            }

            if (plan is null)
            {
                result.LeftOut.Add(key ?? "");
                continue;
            }

            if (plan.Warning is { } warning)
            {
                result.Warnings.Add(warning);
            }

            if (options.WhatIf)
            {
                result.Migrations.Add(plan.Planned);
            }
            else if (!plan.NeedsWrite || Ask(result, plan.ActionText))
            {
                await TryAsync(result, key, async () => result.Migrations.Add(await Begin(result).Undo.ExecuteAsync(plan, _death)));
            }
        }

        return result;
    }

    private sealed class Listener(StepResult result) : IOperationObserver
    {
        public bool DebugEnabled => false;

        public void Warning(string message) => result.Warnings.Add(message);

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(string status, int done, int? total)
        {
        }

        public void Waiting(string reason, TimeSpan duration)
        {
        }

        public void RunHandler(Action handler) => handler();
    }

    /// <summary>A journal that reads and writes its lines as the file does, without the file.</summary>
    private sealed class Journal : IJournal
    {
        private readonly Notebook _notebook;
        private readonly CancellationToken _death;
        private readonly MemoryJournal _memory = new();

        public Journal(Notebook notebook, CancellationToken death)
        {
            _notebook = notebook;
            _death = death;
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(notebook.Lines)));
            foreach (var entry in JournalLines.Read(text, "journal"))
            {
                _ = _memory.AppendAsync(entry, CancellationToken.None);
            }
        }

        public string? Path => "journal";

        public JournalView View => _memory.View;

        public IEnumerable<JournalEntry> ReadAll() => _memory.ReadAll();

        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IDisposable> LockCustomerAsync(string customerId, CancellationToken cancellationToken) => _memory.LockCustomerAsync(customerId, cancellationToken);

        public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
        {
            _death.ThrowIfCancellationRequested();
            _notebook.Append(Encoding.UTF8.GetString(JournalLines.Write(entry)));
            return _memory.AppendAsync(entry, cancellationToken);
        }
    }
}
