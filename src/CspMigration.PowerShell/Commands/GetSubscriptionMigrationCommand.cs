using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Discovery;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal;
using CspMigration.Core.Status;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Parameters;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows where every migration stands, by the journals of one or several runs, and by the service on request.</summary>
[Cmdlet(VerbsCommon.Get, "SubscriptionMigration")]
[OutputType(typeof(SubscriptionMigration))]
public sealed class GetSubscriptionMigrationCommand : ConnectedCommand
{
    private readonly List<string> _customers = [];

    /// <summary>Customers by id, company name or domain, also from the pipeline; wildcards allowed, for ids and names. The default is all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [CustomerName]
    [SupportsWildcards]
    [Alias("Customer", "CustomerName")]
    [ArgumentCompleter(typeof(CustomerNameCompleter))]
    public string[] CustomerId { get; set; } = [];

    /// <summary>Only migrations that have come so far. The default is all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MigrationState[] State { get; set; } = [];

    /// <summary>The journals to read, such as those of all shards; wildcards allowed. The default is the connection's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ValidateFile]
    public string[] JournalPath { get; set; } = [];

    /// <summary>Also reads what the service says now, which is the truth where the two differ.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Journals can be read without a connection.
        if (JournalPath.Length == 0 || Refresh)
        {
            base.BeginProcessing();
        }
    }

    // An empty pipeline must not mean all customers.
    private bool IsForAll => _customers.Count == 0 && !MyInvocation.ExpectingInput;

    /// <inheritdoc/>
    protected override void ProcessInput() => _customers.AddRange(CustomerId.Except(_customers, StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_customers.Count == 0 && !IsForAll)
        {
            return;
        }

        var known = JournalPath.Length > 0
            ? MigrationHistory.Read(ResolvePaths(), (path, error) => WriteError(ErrorRecords.From(error, path)))
            : ReadJournal() ?? [];
        var wanted = Choose(known);
        if (Refresh)
        {
            RefreshAndWrite(known, wanted);
        }
        else
        {
            WriteResults(known.Where(migration => IsWanted(migration, wanted)));
        }
    }

    // States and names may have changed since: only with ids alone is it known before which customers to ask the service about.
    private void RefreshAndWrite(IReadOnlyList<SubscriptionMigration> known, List<string> wanted)
    {
        var ours = known.Where(migration => IsOurs(migration.PartnerTenantId, migration)).ToList();
        var ids = wanted.Where(name => CustomerDirectory.IdOf(name) is not null).ToList();
        if (!IsForAll && ids.Count == wanted.Count)
        {
            ours.RemoveAll(migration => !IsWantedCustomer(migration, wanted));
        }

        _ = TryOperate(target: null, (client, sink, token) => client.Status.RefreshAsync(
            ours,
            ids,
            migration => IsWanted(migration, wanted) ? sink.OutputAsync(migration) : Task.CompletedTask,
            (migration, error) => sink.Error(error, migration),
            token));
    }

    // Patterns as they are, and each customer who is named. A name that no one has is reported.
    private List<string> Choose(IReadOnlyList<SubscriptionMigration> known)
    {
        var wanted = new List<string>();
        foreach (var name in _customers)
        {
            if (new Wildcard(name).IsPattern || (!Refresh && known.Any(migration => IsOf(migration, name))))
            {
                wanted.Add(name);
            }
            else if (JournalPath.Length > 0 && !Refresh)
            {
                var question = NearNames.Question(name, known.Select(migration => migration.CustomerName));
                WriteError(ErrorRecords.From(
                    ErrorCatalog.Create("CustomerNotFound", $"The journals have no migration of a customer \"{name}\".{question}"), name));
            }
            else if (FindCustomer(name) is { } id && (Refresh || Exists(id)))
            {
                wanted.Add(id);
                WriteDecision(known.Any(migration => IsOf(migration, id)) ? $"{name} is the customer {id}." : $"The journal has no migration of {name}.");
            }
        }

        return wanted;
    }

    private bool Exists(string customerId)
    {
        return TryOperate(customerId, (client, _, token) => client.Customers.CheckAsync(customerId, token));
    }

    private List<string> ResolvePaths()
    {
        var paths = new List<string>();
        foreach (var path in JournalPath)
        {
            try
            {
                var found = GetResolvedProviderPathFromPSPath(path, out _);
                if (found.Count == 0)
                {
                    Warn($"There is no journal that \"{path}\" matches.");
                }

                paths.AddRange(found);
            }
            catch (ItemNotFoundException e)
            {
                WriteError(e.ErrorRecord);
            }
        }

        return [.. paths.Distinct(JournalPaths.Comparer)];
    }

    private bool IsWanted(SubscriptionMigration migration, List<string> wanted)
    {
        return (State.Length == 0 || State.Contains(migration.State)) && IsWantedCustomer(migration, wanted);
    }

    private bool IsWantedCustomer(SubscriptionMigration migration, List<string> wanted)
    {
        return IsForAll || wanted.Any(name => IsOf(migration, name));
    }

    private static bool IsOf(SubscriptionMigration migration, string name) => new Wildcard(name).MatchesAny([migration.CustomerId, migration.CustomerName]);
}
