using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Sandbox.Faults;
using CspMigration.Sandbox.Gateway;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations;
using CspMigration.Sandbox.Scenarios;
using CspMigration.Sandbox.Scenarios.Building;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox;

/// <summary>
/// A partner's tenant in memory that behaves as Partner Center is documented. Any number of clients can use one tenant at the
/// same time, through <see cref="CreateHandler"/> or through the server.
/// </summary>
public sealed class SandboxTenant
{
    private readonly SandboxOptions _options;
    private readonly IReadOnlyList<Scenario> _scenarios;
    private readonly Func<IWorldObserver>? _observe;
    private readonly ControlEndpoint _controls;
    private volatile Setup _setup;

    private SandboxTenant(SandboxOptions options, IReadOnlyList<Scenario> scenarios, Func<IWorldObserver>? observe)
    {
        _options = options;
        _scenarios = scenarios;
        _observe = observe;
        _setup = new Setup(ScenarioParser.Parse(options.Scenario, scenarios), options.Scenario, options.Seed, options, observe);
        _controls = new ControlEndpoint(this);
    }

    /// <summary>The address for in-process clients. It does not exist in DNS.</summary>
    public static Uri BaseAddress { get; } = new("https://partner-center.test/");

    /// <summary>All scenarios, for help and completion.</summary>
    public static IReadOnlyList<SandboxScenario> Scenarios { get; } =
        ScenarioTable.All.Select(Describe).ToList();

    /// <summary>The options of every scenario, with their values: <c>legacyCommerce=open|closed|refused</c>.</summary>
    public static IReadOnlyList<string> CommonOptions { get; } =
        Sandbox.Scenarios.Building.CommonOptions.All.Select(option => option.ToString()).ToList();

    /// <summary>All routes.</summary>
    public static IReadOnlyList<SandboxRoute> Routes { get; } =
        RouteTable.Router.Routes.Select(route => new SandboxRoute(route.Method, route.Template, route.IsModeled)).ToList();

    /// <summary>The completions of a scenario's options: each text with the values of its option.</summary>
    /// <param name="text">The text so far: <c>scale:customers=5,us</c>.</param>
    /// <returns>Empty if there is no such scenario.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> CompleteScenario(string text) => ScenarioParser.Complete(text);

    /// <summary>The sandbox's time.</summary>
    public DateTimeOffset Now => _setup.World.Clock.Now;

    /// <summary>Creates a tenant on the real clock.</summary>
    /// <param name="scenario">A scenario with its options: <c>contoso:legacyCommerce=closed,orderListLag=PT15M</c>.</param>
    /// <exception cref="ArgumentException">There is no such scenario or option.</exception>
    public static SandboxTenant Create(string scenario) => Create(new SandboxOptions { Scenario = scenario });

    /// <summary>Creates a tenant.</summary>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="ArgumentException">There is no such scenario or option.</exception>
    public static SandboxTenant Create(SandboxOptions options) => Create(options, ScenarioTable.All, observe: null);

    /// <summary>Creates a tenant with a scenario of the caller's own, which the options name.</summary>
    internal static SandboxTenant Create(SandboxOptions options, Scenario scenario) => Create(options, [scenario], observe: null);

    /// <summary>Creates a tenant with an observer, and a new observer after every reset.</summary>
    internal static SandboxTenant Create(SandboxOptions options, Func<IWorldObserver> observe) => Create(options, ScenarioTable.All, observe);

    private static SandboxTenant Create(SandboxOptions options, IReadOnlyList<Scenario> scenarios, Func<IWorldObserver>? observe) =>
        new(options ?? throw new ArgumentNullException(nameof(options)), scenarios, observe);

    /// <summary>Creates a handler for an HttpClient. It owns no resources, so it can be disposed at any time.</summary>
    public HttpMessageHandler CreateHandler() => new SandboxHandler(this);

    /// <summary>Everything in the sandbox, as it is.</summary>
    public SandboxState GetState() => StateReader.Read(_setup.World);

    /// <summary>Counts of the requests to the sandbox.</summary>
    public SandboxRequests GetRequests()
    {
        var log = _setup.Pipeline.Log;
        return new SandboxRequests(log.Total, log.Writes, log.Throttled, log.ByRoute, _setup.World.Grants.Clients);
    }

    /// <summary>Resets the tenant: all counters at zero, no faults, the clock at the real time.</summary>
    /// <param name="scenario">Another scenario; null for the same.</param>
    /// <param name="seed">Another seed; null for the same.</param>
    /// <exception cref="ArgumentException">There is no such scenario or option; the tenant is unchanged.</exception>
    public void Reset(string? scenario = null, int? seed = null)
    {
        var former = _setup;
        var text = scenario ?? former.Scenario;
        _setup = new Setup(ScenarioParser.Parse(text, _scenarios), text, seed ?? former.Seed, _options, _observe);
    }

    /// <summary>Replaces all faults.</summary>
    /// <param name="faults">The new faults; empty for none.</param>
    /// <exception cref="ArgumentException">One of them is not valid; the former ones stay.</exception>
    public void SetFaults(params SandboxFault[] faults) => _setup.Pipeline.Faults.Set(
        (faults ?? throw new ArgumentNullException(nameof(faults))).Select(fault => new FaultRule(fault.Method, fault.Route, fault.Skip, fault.Times, FaultAction.Parse(fault.Action))));

    /// <summary>Answers a device code as its user would.</summary>
    /// <param name="userCode">The code.</param>
    /// <param name="isGranted">Whether the user signs in, or declines.</param>
    /// <exception cref="ArgumentException">No client waits for this code.</exception>
    public void AnswerDeviceCode(string userCode, bool isGranted)
    {
        if (!_setup.World.Grants.AnswerDeviceCode(userCode, isGranted))
        {
            throw new ArgumentException($"No sign-in waits for the code \"{userCode}\".", nameof(userCode));
        }
    }

    /// <summary>Moves the clock forward.</summary>
    /// <param name="by">How far.</param>
    /// <exception cref="ArgumentException">The clock would go back.</exception>
    public void AdvanceClock(TimeSpan by) => _setup.World.Clock.Advance(by);

    /// <summary>Moves the clock forward to a moment.</summary>
    /// <param name="now">The new time.</param>
    /// <exception cref="ArgumentException">The clock would go back.</exception>
    public void AdvanceClock(DateTimeOffset now) => AdvanceClock(now - Now);

    internal Task<SandboxResponse> AnswerAsync(SandboxRequest request, CancellationToken cancellationToken) =>
        ControlEndpoint.Owns(request.Path)
            ? Task.FromResult(_controls.Answer(request))
            : _setup.Pipeline.AnswerAsync(request, cancellationToken);

    private static SandboxScenario Describe(Scenario scenario) => new(
        scenario.Name,
        scenario.Description,
        scenario.Options.Select(option => option.ToString()).ToList(),
        scenario.Cases.Select(item => new SandboxCase(item.Customer, item.Service)).ToList());

    // A reset replaces this as a whole, so that no request sees half of it.
    private sealed class Setup
    {
        public Setup(ScenarioSelection selection, string scenario, int seed, SandboxOptions options, Func<IWorldObserver>? observe)
        {
            Scenario = scenario;
            Seed = seed;
            World = WorldBuilder.Build(selection, seed, options.Time, options.ProvisioningDelay, observe?.Invoke());
            Pipeline = new RequestPipeline(World, options.Latency, options.RateLimit);
        }

        public string Scenario { get; }

        public int Seed { get; }

        public World World { get; }

        public RequestPipeline Pipeline { get; }
    }
}
