using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.PartnerCenter.Json;
using Newtonsoft.Json;

namespace CspMigration.Core.Migration.Planning;

/// <summary>Reads a plan saved as JSON (<c>ConvertTo-Json -Depth 6</c>).</summary>
public static class PlanFile
{
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
                TermEndDate = row.Date("TermEndDate"),
                FriendlyName = row.Text("FriendlyName"),
                AddOns = row.Texts("AddOns"),
                Commerce = Name<CommerceKind>(row.Text("Commerce")),
                Outcome = Name<TargetOutcome>(row.Text("Outcome")),
                PartnerIdOnRecord = row.Text("PartnerIdOnRecord"),
                HasSource = source is not null,
                SourceQuantity = source?.Number("Quantity"),
                SourceStatus = source?.Text("Status"),
                SourceAutoRenewEnabled = source?.Flag("AutoRenewEnabled"),
                SourceCommitmentEndDate = source?.Date("CommitmentEndDate"),
            };
        }
        catch (CspMigrationException e)
        {
            throw ErrorCatalog.PlanStale.Exception($"{place} cannot be read: {e.Problem}", inner: e);
        }
    }

    // ConvertTo-Json writes enum values as numbers.
    private static string? Name<TEnum>(string? value)
        where TEnum : struct, Enum
    {
        return Enum.TryParse<TEnum>(value, ignoreCase: true, out var parsed) ? parsed.ToString() : value;
    }
}
