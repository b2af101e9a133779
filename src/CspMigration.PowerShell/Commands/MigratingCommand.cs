using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Wording;
using CspMigration.PowerShell.Errors;
using CspMigration.PowerShell.Execution;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Commands;

/// <summary>A cmdlet that migrates sources: it takes each once, and says what it leaves out.</summary>
public abstract class MigratingCommand : ChangingCommand
{
    private readonly SourceSet _sources = new();

    /// <summary>Says that sources have no row in the SKU map: an error where one was asked for alone, a single warning for those in a list.</summary>
    /// <param name="unmapped">The sources, each with its failure.</param>
    /// <param name="isAlone">Whether the command was given a single source, which it can do nothing for.</param>
    private protected void ReportUnmapped(IReadOnlyList<KeyValuePair<ExpiringSubscription, CspMigrationException>> unmapped, bool isAlone)
    {
        var count = unmapped.Count;
        if (count == 0)
        {
            return;
        }

        if (isAlone)
        {
            WriteError(ErrorRecords.From(unmapped[0].Value, unmapped[0].Key));
            return;
        }

        var first = unmapped[0].Key;
        var (are, products) = count == 1 ? ("is", "its product") : ("are", "their products");
        var customer = Quote(first.CustomerName ?? first.CustomerId);
        var all = count > Enumeration.Most ? " Test-SubscriptionMigration shows all of them." : "";
        Warn($"{Enumeration.Count(count, "subscription")} {are} left out, because the SKU map has no row for {products}: {Enumeration.OfSome(unmapped.Select(row => NameOf(row.Key)))}. "
            + $"Name a target, as with Get-ExpiringSubscription {customer} -Product {Quote(first.OfferName ?? first.OfferId)} | {MyInvocation.MyCommand.Name} -Target <target>, "
            + $"or have Connect-CspPartner -SkuMapPath load a map that has the product.{all}");
    }

    /// <summary>
    /// Says that there was nothing to do. What was migrated is suspended and no longer found: a second run would end
    /// without a word.
    /// </summary>
    /// <param name="found">What was found, as a sentence.</param>
    private protected void WarnOfNothing(string found)
    {
        if (ReadJournal() is { } known)
        {
            Warn($"Nothing to migrate: {found} {TextOf(known)}");
        }
    }

    /// <summary>Whether a source has not been given to this command before.</summary>
    private protected bool IsNew(ExpiringSubscription row)
    {
        if (_sources.Add(row))
        {
            return true;
        }

        WriteDecision($"{row} was already processed by this command.");
        return false;
    }

    /// <summary>How many different sources have been given.</summary>
    private protected int SourceCount => _sources.Count;

    private static string TextOf(IReadOnlyList<SubscriptionMigration> known)
    {
        var completed = known.Count(migration => migration.State == MigrationState.Completed);
        return known.Count switch
        {
            0 => "Get-ExpiringSubscription -Verbose shows the reason for each customer.",
            1 => $"The journal has one migration, which is {(completed == 1 ? "" : "not ")}completed; Get-SubscriptionMigration shows it.",
            _ => $"By the journal {completed:N0} of {Enumeration.Count(known.Count, "migration")} {(completed == 1 ? "is" : "are")} completed; Get-SubscriptionMigration shows them.",
        };
    }

    private static string NameOf(ExpiringSubscription row)
    {
        return $"{row.OfferName ?? row.OfferId ?? "units"} of {row.CustomerName ?? row.CustomerId} ({row.SubscriptionId ?? row.SkuId})";
    }

    private static string Quote(string? text) => Pasteable.Quote(text ?? "");
}
