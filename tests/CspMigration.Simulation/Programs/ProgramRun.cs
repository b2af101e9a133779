using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Sandbox;
using CspMigration.Sandbox.State;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Oracle;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Programs;

/// <summary>
/// Runs a program in its world: one thread, simulated time, the same in every run. After the last step everything that was in the
/// way is taken away, and the first operator gives the whole command again.
/// </summary>
internal sealed class ProgramRun : IDisposable
{
    /// <summary>More requests than any command has a reason for, in worlds as small as these.</summary>
    public const int MostRequests = 3000;

    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(3);
    private static readonly TimeSpan Settling = TimeSpan.FromHours(2);

    private readonly SimulationProgram _program;
    private readonly WorldScenario _scenario;
    private readonly SimulatedTime _time = new();
    private readonly SandboxTenant _tenant;
    private readonly HttpMessageInvoker _service;
    private readonly OtherAdministrator _others;
    private readonly Dictionary<string, Operator> _operators = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string>? _trace;
    private readonly List<Violation> _violations = [];
    private int _step;

    private ProgramRun(SimulationProgram program, Mutant? mutant, bool isTraced)
    {
        _program = program;
        Mutant = mutant;
        _trace = isTraced ? [] : null;
        _scenario = new WorldScenario(program.World);
        var options = new SandboxOptions
        {
            Scenario = $"simulation:legacyCommerce={World.Commerce},orderListLag={Iso(World.OrderLag)},subscriptionListLag={Iso(World.ListLag)}",
            ProvisioningDelay = World.Provisioning,
            Time = _time,
        };
        _tenant = SandboxTenant.Create(options, _scenario);
        foreach (var customer in _scenario.AllCustomers)
        {
            _ = customer.Open(_time.GetUtcNow());
        }

        foreach (var (name, subscription) in _scenario.Subscriptions)
        {
            _names[subscription.Subscription.Id] = name;
        }

        foreach (var (name, user) in _scenario.Users)
        {
            _names[user.User.Id] = name;
        }

        _service = new HttpMessageInvoker(_tenant.CreateHandler());
        AskedTargets = new HashSet<string>(program.Steps.SelectMany(step => step.Happenings.Select(happening => happening.Doing).Prepend(step))
            .Select(step => StepWords.Parameters(step).Target).OfType<string>());
        IsShortTermAsked = program.Steps.Any(step => step.Option("term") == "P1M");
        Views = new LateViews(World, _service, _time);
        Oracle = new ProgramOracle(this);
        _others = new OtherAdministrator(this, _service);
    }

    public WorldSpec World => _program.World;

    public Mutant? Mutant { get; }

    /// <summary>The directory SKUs that someone asks for as a target.</summary>
    public IReadOnlySet<string> AskedTargets { get; }

    /// <summary>Whether someone asks for purchases of a month.</summary>
    public bool IsShortTermAsked { get; }

    public LateViews Views { get; }

    public ProgramOracle Oracle { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>How long the program has gone on.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    public IReadOnlyList<Customer> Customers => _scenario.AllCustomers;

    public IEnumerable<Operator> Operators => _operators.Values;

    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="mutant">A fault put in on purpose; null for none.</param>
    /// <param name="isTraced">Whether every request is to be kept.</param>
    public static RunResult Run(SimulationProgram program, Mutant? mutant = null, bool isTraced = false)
    {
        using var run = new ProgramRun(program, mutant, isTraced);
        return SameThreadScheduler.Run(run.RunAsync);
    }

    public void Dispose() => _service.Dispose();

    /// <summary>The customer, subscription or user of the world with an id, by its name; others by the id itself.</summary>
    public string NameOf(string? id) => id is null ? "nothing" : _names.GetValueOrDefault(id, id.Length > 8 ? id[..8] : id);

    public void Report(string kind, string detail, string cause = "")
    {
        if (!Settings.Ignored.Contains(kind) && !Settings.Ignored.Contains($"{kind}/{cause}"))
        {
            _violations.Add(new Violation(kind, _step, detail, cause));
        }
    }

    public void Endless(StepContext step, string detail) => Report(Kind.Endless, $"{step.Step}: {detail}");

    public bool IsRefused(string? userId) => userId is not null && World.Users.Any(user => user.IsRefused && Ledger.Is(_scenario.Users[user.Name].User.Id, userId));

    /// <summary>The subscription a program calls so: one of the world, or with <c>t:</c> the last purchase for one; null where there is none.</summary>
    public (string CustomerId, string SubscriptionId)? FindSubscription(string name)
    {
        if (!name.StartsWith("t:", StringComparison.Ordinal))
        {
            return _scenario.Subscriptions.TryGetValue(name, out var known) ? (known.Customer.Id, known.Subscription.Id) : null;
        }

        return FindSubscription(name[2..]) is { } source
            && Oracle.Ledger.PurchasesFor(source.CustomerId, source.SubscriptionId).LastOrDefault(purchase => !purchase.IsAddOn) is { } bought
            ? (source.CustomerId, bought.SubscriptionId)
            : null;
    }

    public (string CustomerId, string UserId)? FindUser(string name) => _scenario.Users.TryGetValue(name, out var known) ? (known.Customer.Id, known.User.Id) : null;

    public string? FindCustomer(string name) => Customers.FirstOrDefault(customer => customer.CompanyName == name)?.Id;

    public SubscriptionSpec? SpecOf(string subscriptionId) => _names.TryGetValue(subscriptionId, out var name) ? World.Subscriptions.FirstOrDefault(spec => spec.Name == name) : null;

    /// <summary>Notes an answer as the operator got it.</summary>
    public void Answered(Operator owner, Call call, HttpRequestMessage request, HttpStatusCode status, bool isReadable = true)
    {
        _trace?.Add(FormattableString.Invariant($"{_step} {owner} {call} {(int)status}"));
        if (isReadable && call.IsOrder && owner.Step is { } step && request.Headers.TryGetValues("MS-RequestId", out var ids))
        {
            Oracle.OrderAnswered(step, string.Concat(ids), call, status);
        }
    }

    /// <summary>Something that happens in the middle of a command: another operator's step, or anyone else's.</summary>
    public async Task InterludeAsync(Step doing, Operator? promptOf)
    {
        Oracle.PromptOf = promptOf;
        await ExecuteAsync(doing);
        Oracle.PromptOf = null;
    }

    private static string Iso(TimeSpan duration) => System.Xml.XmlConvert.ToString(duration);

    private async Task<RunResult> RunAsync()
    {
        Oracle.Begin();
        foreach (var step in _program.Steps)
        {
            _step++;
            await ExecuteAsync(step);
            if (_violations.Count > 0)
            {
                return End();
            }
        }

        _step++;
        await AgainAsync();
        return End();
    }

    private RunResult End()
    {
        foreach (var one in Operators)
        {
            one.Disconnect();
        }

        return new RunResult(_violations, _trace ?? [], Operators.Sum(one => one.Requests));
    }

    // Nothing is in the way any more, and what was late has come: the whole command once more, and then again.
    private async Task AgainAsync()
    {
        Views.Hidden.Clear();
        await ClockAsync(Settling);
        var run = new Step { Verb = "run", Names = ["*"], Options = ["renewing"] };
        if (await OperateAsync(Find("A"), run, Oracle.AfterAgain) is not { Errors.Count: 0 } || _violations.Count > 0)
        {
            return;
        }

        _ = await OperateAsync(Find("A"), new Step { Verb = "status" });
        if (_violations.Count == 0)
        {
            await ClockAsync(Settling);
            _ = await OperateAsync(Find("A"), run, Oracle.AfterSecond);
        }
    }

    private async Task ExecuteAsync(Step step)
    {
        switch (step.Verb)
        {
            case "other":
                await Oracle.BySomebodyElseAsync(() => _others.DoAsync(step.Names));
                break;
            case "clock":
                await ClockAsync(ProgramReader.Duration(step.Names[0]));
                break;
            case "hide":
                _ = Views.Hidden.Add((step.Names[0], WorldProduct.Of(step.Names[1]).Sku.Id));
                break;
            case "lose":
                Find(step.Operator).LoseJournal();
                Find(step.Operator).Disconnect();
                break;
            case "reconnect":
                Find(step.Operator).Disconnect();
                break;
            default:
                // An operator can do one thing at a time.
                if (Find(step.Operator) is { Step: null } free)
                {
                    _ = await OperateAsync(free, step);
                }

                break;
        }
    }

    private Task ClockAsync(TimeSpan by) => Oracle.BySomebodyElseAsync(() =>
    {
        _time.Advance(by);
        return Task.CompletedTask;
    }, isTime: true);

    private Operator Find(string name)
    {
        if (!_operators.TryGetValue(name, out var known))
        {
            _operators.Add(name, known = new Operator(name));
        }

        return known;
    }

    private async Task<StepResult?> OperateAsync(Operator one, Step step, Action<StepContext, StepResult>? check = null)
    {
        var options = StepWords.Parameters(step);
        var context = new StepContext(one, step, options, _step) { TouchesBefore = Oracle.Ledger.Touches.Count };
        var waited = _time.Waited;
        try
        {
            if (one.Session is null)
            {
                var death = one.Death;
                one.Connected(await Migrator.ConnectAsync(new ServiceLine(_tenant.CreateHandler(), this, one, death), _time, one.Journal, death.Token));
            }

            one.Step = context;
            one.Session!.ConfirmAsync = () => ConfirmAsync(context);
            one.Session.MessageWritten = _trace is null ? null : message => _trace.Add(FormattableString.Invariant($"{_step} {one}: {message}"));
            one.Journal.Writing = line => Write(context, line);
            context.Options = Mutant?.ChangeOptions(context, options) ?? options;
            var result = await Commands.ExecuteAsync(this, context);
            _trace?.AddRange(result.Errors.Select(error => $"{_step} {one}: {error.Error.ErrorId} ({NameOf(error.SubscriptionId)}): {error.Error.Problem} {error.Error.RecommendedAction}"));
            Mutant?.ChangeResult(context, result);
            if (_time.Waited - waited > LongestStep)
            {
                Endless(context, $"{(_time.Waited - waited).TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} hours");
            }

            await Oracle.AfterStepAsync(context, result);
            check?.Invoke(context, result);
            return result;
        }
        catch (OperationCanceledException) when (one.Death.IsCancellationRequested)
        {
            Oracle.Died(context);
            one.HasDied = true;
            one.Disconnect();
            return null;
        }
#pragma warning disable CA1031 // Whatever it is, no user may see it.
        catch (Exception e) when (e is not (CspMigrationException or InvalidProgramException))
#pragma warning restore CA1031
        {
            Report(Kind.RawException, $"{step}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}");
            one.Disconnect();
            return null;
        }
        finally
        {
            one.Step = null;
            one.Journal.Writing = null;
        }
    }

    private async Task<bool> ConfirmAsync(StepContext context)
    {
        var isConfirmed = true;
        foreach (var doing in context.Due(Anchor.Prompt))
        {
            context.IsDisturbed = true;
            if (doing.Verb == "no")
            {
                isConfirmed = false;
            }
            else if (doing.Verb is "kill" or "kill-after")
            {
                context.By.Death.Cancel();
                throw new OperationCanceledException(context.By.Death.Token);
            }
            else if (doing.Verb != "fault")
            {
                await InterludeAsync(doing, promptOf: context.By);
            }
        }

        return isConfirmed;
    }

    // The process may end before a line is written, or with half of it.
    private static void Write(StepContext context, string line)
    {
        if (context.Due(Anchor.Line).FirstOrDefault(doing => doing.Verb is "kill" or "kill-after") is { } kill)
        {
            context.IsDisturbed = true;
            context.By.Journal.Torn = kill.Verb == "kill" ? "" : line[..(line.Length / 2)];
            context.By.Death.Cancel();
            throw new OperationCanceledException(context.By.Death.Token);
        }
    }
}
