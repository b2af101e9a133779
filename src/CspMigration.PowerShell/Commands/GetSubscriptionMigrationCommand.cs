using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Migration.Standing;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Commands;

/// <summary>Shows where every migration stands, by the journals of one or several runs, and by the service on request.</summary>
[Cmdlet(VerbsCommon.Get, "SubscriptionMigration")]
[OutputType(typeof(SubscriptionMigration))]
public sealed class GetSubscriptionMigrationCommand : ConnectedCommand
{
    /// <summary>Customers by id or company name; wildcards allowed. The default is all.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
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

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var known = JournalPath.Length > 0
            ? MigrationHistory.Read(ResolvePaths(), (path, error) => WriteError(ErrorRecords.From(error, path)))
            : ReadOwn();
        if (Refresh)
        {
            // States and names may have changed since, so only ids can be chosen before the service has been asked.
            var ours = known.Where(migration => IsOurs(migration.PartnerTenantId, migration)).ToList();
            var ids = CustomerId.Where(name => Guid.TryParse(name, out _)).ToList();
            _ = TryOperate(target: null, (operation, sink, token) => operation.Standing.RefreshAsync(
                ids.Count > 0 && ids.Count == CustomerId.Length ? [.. ours.Where(IsWantedCustomer)] : ours,
                ids,
                migration =>
                {
                    if (IsWanted(migration))
                    {
                        sink.Output(migration);
                    }
                },
                (migration, error) => sink.Error(error, migration),
                token));
        }
        else
        {
            WriteObject(known.Where(IsWanted), enumerateCollection: true);
        }
    }

    private List<string> ResolvePaths()
    {
        var paths = new List<string>();
        foreach (var path in JournalPath)
        {
            try
            {
                paths.AddRange(GetResolvedProviderPathFromPSPath(path, out _));
            }
            catch (ItemNotFoundException e)
            {
                WriteError(e.ErrorRecord);
            }
        }

        return [.. paths.Distinct(StringComparer.Ordinal)];
    }

    private IReadOnlyList<SubscriptionMigration> ReadOwn()
    {
        IReadOnlyList<SubscriptionMigration> known = [];
        _ = TryOperate(target: null, (operation, _, _) =>
        {
            known = operation.Standing.Read();
            return Task.CompletedTask;
        });
        return known;
    }

    private bool IsWanted(SubscriptionMigration migration)
    {
        return (State.Length == 0 || State.Contains(migration.State)) && IsWantedCustomer(migration);
    }

    private bool IsWantedCustomer(SubscriptionMigration migration)
    {
        return CustomerId.Length == 0
            || CustomerId.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))
                .Any(name => name.IsMatch(migration.CustomerId) || name.IsMatch(migration.CustomerName ?? ""));
    }
}
