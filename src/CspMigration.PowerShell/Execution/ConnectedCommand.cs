using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core;
using CspMigration.Core.Discovery;
using CspMigration.Core.Errors;
using CspMigration.Core.Sessions;
using CspMigration.PowerShell.Completion;
using CspMigration.PowerShell.Connections;
using CspMigration.PowerShell.Errors;

namespace CspMigration.PowerShell.Execution;

/// <summary>A cmdlet that works on a connection: the runspace's own, or the one given with -Context.</summary>
public abstract class ConnectedCommand : CspCommand
{
    private readonly Dictionary<string, string> _customers = new(StringComparer.OrdinalIgnoreCase);
    private PartnerSession? _session;

    /// <summary>The connection to use, as Connect-CspPartner returned it. The default is the runspace's own.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public CspPartner? Context { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _session = Context is null ? ConnectionTable.Current : ConnectionTable.Find(Context);
        if (_session is null)
        {
            Terminate(ErrorCatalog.Create("NotConnected", Context is null
                ? "There is no connection to Partner Center in this runspace."
                : "The connection in -Context is closed, as the next Connect-CspPartner in its runspace closes it, or was not made in this process."));
        }
    }

    /// <summary>The connection.</summary>
    private protected PartnerSession Session => _session ?? throw new InvalidOperationException("BeginProcessing has not run.");

    /// <summary>Runs an operation on the connection.</summary>
    private protected void Operate(Func<MigrationClient, CommandSink, CancellationToken, Task> work)
    {
        Run((sink, token) => MigrationClient.RunAsync(Session, sink, (client, end) => work(client, sink, end), token));
    }

    /// <summary>Runs an operation that has a result.</summary>
    private protected T Operate<T>(Func<MigrationClient, CommandSink, CancellationToken, Task<T>> work)
    {
        var result = default(T)!;
        Operate(async (client, sink, token) => { result = await work(client, sink, token).ConfigureAwait(false); });
        return result;
    }

    /// <summary>Runs an operation where a failure concerns one record only: it is reported. Where someone has closed the connection, no record can work.</summary>
    /// <returns>Whether it succeeded.</returns>
    internal bool TryOperate(object? target, Func<MigrationClient, CommandSink, CancellationToken, Task> work)
    {
        try
        {
            Operate(work);
            return true;
        }
        catch (CspMigrationException e)
        {
            if (Session.IsClosed)
            {
                Terminate(e, target);
            }

            WriteError(ErrorRecords.From(e, target));
            return false;
        }
    }

    /// <summary>The result of an operation where a failure concerns one record only; null where it failed, which is reported, or has none.</summary>
    private protected T? TryOperate<T>(object? target, Func<MigrationClient, CommandSink, CancellationToken, Task<T>> work)
        where T : class?
    {
        T? result = null;
        _ = TryOperate(target, async (client, sink, token) => { result = await work(client, sink, token).ConfigureAwait(false); });
        return result;
    }

    /// <summary>The migrations of the connection's journal; null where it cannot be read, which is reported.</summary>
    internal IReadOnlyList<SubscriptionMigration>? ReadJournal() => TryOperate(target: null, (client, _, _) => Task.FromResult(client.Status.Read()));

    /// <summary>The id of the customer a parameter names by id, name or domain. No one, or several: it is reported, and null comes.</summary>
    private protected string? FindCustomer(string customer)
    {
        if (CustomerDirectory.IdOf(customer) is { } given)
        {
            return given;
        }

        // Many records may name one customer.
        if (_customers.TryGetValue(customer, out var known))
        {
            return known;
        }

        var id = TryOperate(customer, (client, _, token) => client.Customers.FindIdAsync(customer, token));
        if (id is not null)
        {
            _customers.Add(customer, id);
        }

        return id;
    }

    /// <summary>A saved record's subscription as it is now; null where it cannot be read, or is another partner's, which is reported.</summary>
    private protected ExpiringSubscription? ReadRow(string? partnerTenantId, string customer, string subscriptionId)
    {
        return IsOurs(partnerTenantId, subscriptionId) && FindCustomer(customer) is { } customerId
            ? TryOperate(subscriptionId, (client, _, token) => client.Discovery.ReadAsync(customerId, subscriptionId, token))
            : null;
    }

    /// <summary>Whether a record is of the connected partner; one of another is reported.</summary>
    internal bool IsOurs(string? partnerTenantId, object? target)
    {
        if (string.IsNullOrWhiteSpace(partnerTenantId) || string.Equals(partnerTenantId, Session.Partner.PartnerTenantId, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        WriteError(ErrorRecords.From(
            ErrorCatalog.Create("WrongPartner", $"The record belongs to the partner {partnerTenantId}; connected is {Session.Partner.PartnerTenantId}."), target));
        return false;
    }
}
