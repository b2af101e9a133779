using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.PartnerCenter.Json;
using Newtonsoft.Json;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Reads a plan saved as JSON (<c>ConvertTo-Json -Depth 6</c>).</summary>
public static class PlanFile
{
    private static readonly Regex WindowsPowerShellDate = new(@"^/Date\((-?[0-9]+)(?:[+-][0-9]{4})?\)/$", RegexOptions.CultureInvariant);

    /// <summary>The rows of a plan.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="CspMigrationException"><c>PlanStale</c>: it is not a plan.</exception>
    public static IReadOnlyList<PlannedRow> ReadJson(string json, string name)
    {
        object? root;
        try
        {
            root = ServiceJson.Parse(json);
        }
        catch (JsonException e)
        {
            throw ErrorCatalog.PlanStale.Exception($"{name} is not JSON: {e.Message}", action: "Save the plan with ConvertTo-Json -Depth 6, or Export-Clixml.", inner: e);
        }

        var items = root as List<object?> ?? [root];
        return [.. items.Select((item, index) => Read(item, $"row {index + 1} of {name}"))];
    }

    private static PlannedRow Read(object? item, string place)
    {
        try
        {
            var row = new ResourceReader(item, place);
            var source = row.Resource("Source");
            return new PlannedRow
            {
                Place = place,
                PartnerTenantId = row.Text("PartnerTenantId"),
                CustomerId = row.Text("CustomerId"),
                SourceSubscriptionId = row.Text("SourceSubscriptionId"),
                OfferId = row.Text("OfferId"),
                Quantity = row.Number("Quantity"),
                BillingCycle = row.Text("BillingCycle"),
                TermDuration = row.Text("TermDuration"),
                TermEndDate = Date(row, "TermEndDate"),
                FriendlyName = row.Text("FriendlyName"),
                AddOns = row.Texts("AddOns"),
                Commerce = Name<CommerceKind>(row.Text("Commerce")),
                Outcome = Name<TargetOutcome>(row.Text("Outcome")),
                PartnerIdOnRecord = row.Text("PartnerIdOnRecord"),
                HasSource = source is not null,
                SourceQuantity = source?.Number("Quantity"),
                SourceStatus = source?.Text("Status"),
                SourceAutoRenewEnabled = source?.Flag("AutoRenewEnabled"),
                SourceCommitmentEndDate = source is { } found ? Date(found, "CommitmentEndDate") : null,
            };
        }
        catch (CspMigrationException e)
        {
            throw ErrorCatalog.PlanStale.Exception($"{place} cannot be read: {e.Problem}", inner: e);
        }
    }

    // Windows PowerShell 5.1 writes a date as /Date(1802649599000)/: milliseconds since 1970, UTC, whatever offset follows.
    private static DateTimeOffset? Date(ResourceReader reader, string name)
    {
        return reader.Date(name)
            ?? (WindowsPowerShellDate.Match(reader.Text(name) ?? "") is { Success: true } match
                && long.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                    ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                    : null);
    }

    // ConvertTo-Json writes enum values as numbers.
    private static string? Name<TEnum>(string? value)
        where TEnum : struct, Enum
    {
        return Enum.TryParse<TEnum>(value, ignoreCase: true, out var parsed) ? parsed.ToString() : value;
    }
}
