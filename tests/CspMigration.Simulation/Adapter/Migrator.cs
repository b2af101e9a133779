using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Changes;
using CspMigration.Core.Customers;
using CspMigration.Core.Discovery;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Licenses;
using CspMigration.Core.Purchases;
using CspMigration.Core.Purchasing;
using CspMigration.Core.Rollback;
using CspMigration.Core.Run;
using CspMigration.Core.Sessions;
using CspMigration.Core.Suspension;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Observation;
using CspMigration.Sandbox;
using CspMigration.TestSupport;

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

    /// <summary>Asked before every change: whether it may be made.</summary>
    public Func<Task<bool>> ConfirmAsync { get; set; } = () => Task.FromResult(true);

    /// <summary>Gets each warning and verbose message of a command; null where none is needed.</summary>
    public Action<string>? MessageWritten { get; set; }

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
            LicenseApi = LicenseApi.PartnerCenter,
            Time = time,
            Random = () => 0.5,
            BeforeJournal = _ => new Journal(notebook, death),
        };
        return new Migrator(await PartnerSession.ConnectAsync(options, new Listener(new StepResult(), messageWritten: null), death), death);
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
        await TryAsync(result, null, () => operation.Discovery.FindAsync(query, Results.AllInto(result.Rows), error => Fail(result, null, error), _death));
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
            try
            {
                await Begin(result).Purchases.RunAsync([.. customer], PurchaseOptionsOf(options), PurchaseHandlersOf(result, options), _death);
            }
            catch (CspMigrationException e)
            {
                // What fails for the customer as a whole is about all of its sources.
                customer.ToList().ForEach(row => Fail(result, KeyOf(row), e));
            }
        }

        return result;
    }

    /// <summary>New-TargetSubscription without a source.</summary>
    public async Task<StepResult> BuyNewAsync(string customerId, StepOptions options)
    {
        var result = new StepResult();
        await TryAsync(result, null, () => Begin(result).Purchases.RunWithoutSourceAsync(customerId, PurchaseOptionsOf(options), PurchaseHandlersOf(result, options), _death));
        return result;
    }

    /// <summary>Move-UserLicense.</summary>
    public async Task<StepResult> MoveAsync(IReadOnlyList<TargetSubscription> targets, StepOptions options)
    {
        var result = new StepResult();
        var requests = new List<LicenseMoveRequest>();
        foreach (var target in targets)
        {
            await TryAsync(result, target.SourceSubscriptionId ?? target.SourceSkuId, async () =>
            {
                if (await Begin(result).LicenseMoves.ConfirmAsync(target, MoveOptionsOf(options), requests, ConfirmerOf(result, options), _death) is { } request)
                {
                    requests.Add(request);
                }
            });
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
    public Task<StepResult> ResumeAsync(string customerId, string subscriptionId, StepOptions options) => ChangeAsync(
        subscriptionId, options, (operation, confirmer) => operation.Changes.ResumeAsync(customerId, subscriptionId, confirmer, _death));

    /// <summary>Set-Subscription.</summary>
    public Task<StepResult> SetAsync(string customerId, string subscriptionId, StepOptions options)
    {
        var settings = new SubscriptionSettings { Quantity = options.Quantity, AutoRenew = options.AutoRenew, FriendlyName = options.Name };
        return ChangeAsync(subscriptionId, options, (operation, confirmer) => operation.Changes.SetAsync(customerId, subscriptionId, settings, confirmer, _death));
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

        result.LeftOut.AddRange(plan!.Unmapped.Select(row => KeyOf(row.Key) ?? ""));
        await TryAsync(result, null, () => Begin(result).Runs.RunAsync(
            plan, isPlanned: false, ConfirmerOf(result, options), Results.Into(result.Migrations), (row, error) => Fail(result, KeyOf(row), error), _death));
        return result;
    }

    /// <summary>Get-SubscriptionMigration -Refresh.</summary>
    public async Task<StepResult> StatusAsync()
    {
        var result = new StepResult();
        var operation = Begin(result);
        await TryAsync(result, null, () => operation.Status.RefreshAsync(
            operation.Status.Read(), [], Results.Into(result.Migrations), (migration, error) => Fail(result, migration?.SourceSubscriptionId, error), _death));
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

    private static string? KeyOf(ExpiringSubscription row) => row.SubscriptionId ?? row.SkuId;

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

    private MigrationClient Begin(StepResult result) => MigrationClient.Begin(_session, new Listener(result, MessageWritten));

    private Confirmer ConfirmerOf(StepResult result, StepOptions options) => new(this, result, options);

    // A purchase that fails is the failure of all its sources.
    private PurchaseHandlers PurchaseHandlersOf(StepResult result, StepOptions options) => new()
    {
        Confirmer = ConfirmerOf(result, options),
        Completed = target =>
        {
            result.Targets.Add(target);
            return Task.CompletedTask;
        },
        Failed = (rows, error) =>
        {
            foreach (var key in rows.Select(KeyOf).DefaultIfEmpty(null))
            {
                Fail(result, key, error);
            }
        },
        LeftOut = (row, _) => result.LeftOut.Add(KeyOf(row) ?? ""),
    };

    private async Task<StepResult> ChangeAsync(string subscriptionId, StepOptions options, Func<MigrationClient, IConfirmer, Task<ExpiringSubscription?>> changeAsync)
    {
        var result = new StepResult();
        await TryAsync(result, subscriptionId, async () =>
        {
            if (await changeAsync(Begin(result), ConfirmerOf(result, options)) is { } row)
            {
                result.Rows.Add(row);
            }
        });
        return result;
    }

    private async Task<StepResult> SuspendAsync(IEnumerable<SuspensionRequest> requests, StepOptions options)
    {
        var result = new StepResult();
        var planned = new PlannedSuspensions();
        foreach (var request in requests)
        {
            request.Before = planned;
            await TryAsync(result, request.SubscriptionId ?? request.SkuId, async () =>
            {
                if (await Begin(result).Suspensions.RunAsync(request, SuspensionOptionsOf(options), ConfirmerOf(result, options), _death) is { } ended)
                {
                    result.Suspensions.Add(ended);
                }
            });
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
            await TryAsync(result, request.SourceSubscriptionId, async () =>
            {
                var (migration, wasBought) = await Begin(result).Undo.RunAsync(request, ConfirmerOf(result, options), _death);
                if (migration is not null)
                {
                    result.Migrations.Add(migration);
                }
                else if (!wasBought)
                {
                    result.LeftOut.Add(request.SourceSubscriptionId ?? "");
                }
            });
        }

        return result;
    }

    /// <summary>Answers as a cmdlet does with -WhatIf or a prompt; or as a program does that has decided itself.</summary>
    private sealed class Confirmer(Migrator owner, StepResult result, StepOptions options) : IConfirmer
    {
        public bool IsPlanOnly => options.WhatIf;

        public bool AnswersAtOnce => options.IsUnattended;

        public Task RequirePromptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
        {
            if (options.WhatIf || request.IsPlanned)
            {
                return ConfirmationAnswer.PlanOnly;
            }

            if (options.IsUnattended || await owner.ConfirmAsync())
            {
                return ConfirmationAnswer.Confirmed;
            }

            result.Declined++;
            return ConfirmationAnswer.Declined;
        }
    }

    private sealed class Listener(StepResult result, Action<string>? messageWritten) : IOperationObserver
    {
        public bool DebugEnabled => false;

        public void Warning(string message)
        {
            result.Warnings.Add(message);
            messageWritten?.Invoke(message);
        }

        public void Verbose(string message) => messageWritten?.Invoke(message);

        public void Debug(string message)
        {
        }

        public void Progress(string status, int done, int? total, string? detail = null)
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
            using var text = new MemoryStream(Encoding.UTF8.GetBytes(notebook.Text));
            foreach (var entry in JournalLines.Read(text, "journal"))
            {
                _ = _memory.AppendAsync(entry, CancellationToken.None);
            }
        }

        public string? Path => "journal";

        public JournalView View => _memory.View;

        public IEnumerable<JournalEntry> ReadAll() => _memory.ReadAll();

        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IDisposable> LockCustomerAsync(CustomerId customerId, CancellationToken cancellationToken) => _memory.LockCustomerAsync(customerId, cancellationToken);

        public Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken)
        {
            _death.ThrowIfCancellationRequested();
            _notebook.Append(Encoding.UTF8.GetString(JournalLines.Write(entry)));
            return _memory.AppendAsync(entry, cancellationToken);
        }
    }
}
