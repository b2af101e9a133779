using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;
using CspMigration.Migration.Tests.Support;
using CspMigration.Sandbox;
using Xunit;

namespace CspMigration.Migration.Tests.EdgeCases;

/// <summary>One run of all steps over all customers of the scenario: readiness and plan first, then the run itself.</summary>
public sealed class EdgeCaseRun : IAsyncLifetime
{
    public IReadOnlyList<ExpiringSubscription> Rows { get; private set; } = [];

    public IReadOnlyList<MigrationReadiness> Readiness { get; private set; } = [];

    public IReadOnlyList<TargetSubscription> Planned { get; private set; } = [];

    public IReadOnlyList<LicenseMove> PlannedMoves { get; private set; } = [];

    public IReadOnlyList<CspMigrationException> ErrorsOfThePlan { get; private set; } = [];

    public long WritesOfThePlan { get; private set; }

    public IReadOnlyList<TargetSubscription> Bought { get; private set; } = [];

    public IReadOnlyList<LicenseMove> Moves { get; private set; } = [];

    public IReadOnlyList<SuspendedSubscription> Suspended { get; private set; } = [];

    public IReadOnlyList<CspMigrationException> DiscoveryErrors { get; private set; } = [];

    /// <summary>By the customer's name: what asking for it by name says.</summary>
    public IReadOnlyDictionary<string, CspMigrationException> ByName { get; private set; } = new Dictionary<string, CspMigrationException>();

    public IReadOnlyList<CspMigrationException> Errors { get; private set; } = [];

    public SandboxState State { get; private set; } = new([], []);

    public string CustomerId(string name) => State.Customers.Single(customer => customer.CompanyName == name).Id;

    public async Task InitializeAsync()
    {
        using var run = await SandboxRun.StartAsync(
            "edge-cases", configure: SandboxRun.LoadEdgeCaseMap);
        await DiscoverAsync(run);
        await PlanAsync(run);
        Bought = await run.BuyAsync(Rows);
        Moves = await run.MoveAsync(Bought);
        Suspended = await run.SuspendAsync(InOrder(Moves));
        Errors = [.. run.Errors];
        State = run.Tenant.GetState();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    // An add-on goes before its base; the cmdlet sees to it.
    private static IEnumerable<LicenseMove> InOrder(IEnumerable<LicenseMove> moves) => moves.OrderBy(move => move.Target?.Source?.ParentSubscriptionId is null);

    private async Task DiscoverAsync(SandboxRun run)
    {
        Rows = await run.FindAsync(query => (query.IncludeTrial, query.IncludeOtherChannel) = (true, true));
        DiscoveryErrors = TakeErrors(run);
        var byName = new Dictionary<string, CspMigrationException>();
        foreach (var line in EdgeCaseLine.All.Where(line => !line.IsFound))
        {
            _ = await run.FindAsync(query => query.Customers = [line.Customer]);
            byName[line.Customer] = TakeErrors(run).Single();
        }

        ByName = byName;
    }

    private async Task PlanAsync(SandboxRun run)
    {
        var readiness = new List<MigrationReadiness>();
        foreach (var customer in Rows.GroupBy(row => row.CustomerId))
        {
            readiness.AddRange(await run.Client.Readiness.CheckAsync([.. customer], new PurchaseOptions(), default, CancellationToken.None));
        }

        Readiness = readiness;
        Planned = await run.BuyAsync(Rows, planOnly: true);
        PlannedMoves = await run.MoveAsync(Planned);
        _ = await run.SuspendAsync(InOrder(PlannedMoves));
        WritesOfThePlan = run.Tenant.GetRequests().Writes;
        ErrorsOfThePlan = TakeErrors(run);
    }

    private static List<CspMigrationException> TakeErrors(SandboxRun run)
    {
        var errors = run.Errors.ToList();
        run.Errors.Clear();
        return errors;
    }
}
