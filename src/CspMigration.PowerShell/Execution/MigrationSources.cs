using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Execution;

/// <summary>The sources that a cmdlet is given to migrate, each of them once. It reports what is left out.</summary>
internal sealed class MigrationSources
{
    private readonly ConnectedCommand _command;
    private readonly SourceSet _sources = new();

    /// <param name="command">The cmdlet.</param>
    public MigrationSources(ConnectedCommand command) => _command = command;

    /// <summary>Adds a source of the connected partner that has not been given to the cmdlet before; any other is reported.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(ExpiringSubscription source)
    {
        if (!_command.IsOurs(source.PartnerTenantId, source))
        {
            return false;
        }

        if (!_sources.Add(source))
        {
            _command.WriteDecision($"{source} was already processed by this command.");
            return false;
        }

        return true;
    }

    /// <summary>Reports that sources have no row in the SKU map: an error where one was asked for alone, a single warning for those in a list.</summary>
    /// <param name="unmapped">The sources, each with its failure.</param>
    public void ReportUnmapped(IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> unmapped)
    {
        var count = unmapped.Count;
        if (count == 0)
        {
            return;
        }

        if (_sources.Count == 1)
        {
            _command.WriteError(ErrorRecords.From(unmapped[0].Value, unmapped[0].Key));
            return;
        }

        var first = unmapped[0].Key;
        var (are, products) = count == 1 ? ("is", "its product") : ("are", "their products");
        var customer = Quote(first.CustomerName ?? first.CustomerId);
        var all = count > Enumeration.Most ? " Test-SubscriptionMigration shows all of them." : "";
        _command.Warn($"{Enumeration.Count(count, "subscription")} {are} left out, because the SKU map has no row for {products}: {Enumeration.OfSome(unmapped.Select(row => NameOf(row.Key)))}. "
            + $"Name a target, as with Get-ExpiringSubscription {customer} -Product {Quote(first.OfferName ?? first.OfferId)} | {_command.MyInvocation.MyCommand.Name} -Target <target>, "
            + $"or have Connect-CspPartner -SkuMapPath load a map that has the product.{all}");
    }

    /// <summary>
    /// Warns that there was nothing to do. What was migrated is suspended and no longer found: a second run would end
    /// without a word.
    /// </summary>
    /// <param name="found">What was found, as a sentence.</param>
    public void WarnOfNothing(string found)
    {
        if (_command.ReadJournal() is { } known)
        {
            _command.Warn($"Nothing to migrate: {found} {TextOf(known)}");
        }
    }

    private static string TextOf(IReadOnlyList<SubscriptionMigration> known)
    {
        var completed = known.Count(migration => migration.State == MigrationState.Completed);

        // A source that was suspended in Partner Center is found no more, and its migration still has to be written down as completed.
        var isBegun = known.Any(migration => migration.State is MigrationState.Purchased or MigrationState.LicensesMoved or MigrationState.Failed);
        var finish = isBegun ? " To finish what is not completed: Get-SubscriptionMigration -State Purchased, LicensesMoved, Failed | Invoke-SubscriptionMigration" : "";
        return known.Count switch
        {
            0 => "Get-ExpiringSubscription -Verbose shows the reason for each customer.",
            1 => $"The journal has one migration, which is {(completed == 1 ? "" : "not ")}completed; Get-SubscriptionMigration shows it.{finish}",
            _ => $"By the journal {completed:N0} of {Enumeration.Count(known.Count, "migration")} {(completed == 1 ? "is" : "are")} completed; Get-SubscriptionMigration shows them.{finish}",
        };
    }

    private static string NameOf(ExpiringSubscription row)
    {
        return $"{row.OfferName ?? row.OfferId ?? "units"} of {row.CustomerName ?? row.CustomerId} ({row.SubscriptionId ?? row.SkuId})";
    }

    private static string Quote(string? text) => Pasteable.Quote(text ?? "");
}
