using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.PartnerCenter.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CspMigration.Core.Purchases;

/// <summary>Reads a plan saved as JSON (<c>ConvertTo-Json -Depth 6</c>).</summary>
public static class PlanFile
{
    private const int MostQuoted = 40;

    private static readonly Regex WindowsPowerShellDate = new(@"^/Date\((-?[0-9]+)(?:[+-][0-9]{4})?\)/$", RegexOptions.CultureInvariant);

    /// <summary>The rows of a plan.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="CspMigrationException"><c>PlanStale</c>: it is not a plan.</exception>
    public static IReadOnlyList<PlannedRow> ReadJson(string json, string name)
    {
        var start = json.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (start.Length == 0 || start[0] is not ('[' or '{'))
        {
            throw NoPlan(name, start.Length == 0 ? "it is empty" : $"it begins with {Beginning(start)}; a plan is JSON, which begins with [ or {{, or CliXml");
        }

        JToken? root;
        try
        {
            root = ServiceJson.Parse(json);
        }
        catch (JsonException e)
        {
            throw NoPlan(name, $"its JSON breaks. {e.Message.TrimEnd('.')}", e);
        }

        List<JToken?> items = root is JArray rows ? [.. rows] : [root];
        return Checked([.. items.Select((item, index) => Read(item, $"Row {index + 1} of {name}"))], name);
    }

    /// <summary>The failure for a file that is something else, or was damaged.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="reason">What is wrong with it, and where, without a full stop.</param>
    /// <param name="inner">What found it.</param>
    public static CspMigrationException NoPlan(string name, string reason, Exception? inner = null) => NoPlan(name, reason, Remedies.MakePlan(), inner);

    /// <summary>The same rows, unless not one of them says what is to be bought for which source, or they are those of a run.</summary>
    /// <exception cref="CspMigrationException"><c>PlanStale</c>: it is not a plan.</exception>
    public static IReadOnlyList<PlannedRow> Checked(IReadOnlyList<PlannedRow> rows, string name)
    {
        if (rows.Any(row => row.IsMigration))
        {
            throw NoPlan(name, $"its rows are the output of {UserCommands.RunAll()}, and the plan is the Target of each", Remedies.SaveTargets());
        }

        return rows.Count == 0 || rows.Any(row => row.Outcome is not null || row.SourceSubscriptionId is not null)
            ? rows
            : throw NoPlan(name, rows.Any(row => row.OfferId is not null) ? "its rows are subscriptions or offers, not purchases" : "none of its rows has an offer or a source");
    }

    private static CspMigrationException NoPlan(string name, string reason, Remedy remedy, Exception? inner = null)
    {
        return ErrorCatalog.PlanStale.Exception($"The file {name} is no plan: {reason}.", remedy: remedy, inner: inner);
    }

    private static string Beginning(string text)
    {
        var line = text.Split('\r', '\n')[0];
        return line.Length > MostQuoted ? $"{line.Substring(0, MostQuoted)}…" : line;
    }

    private static PlannedRow Read(JToken? item, string place)
    {
        try
        {
            var row = new ResourceReader(item, "the row");
            var source = row.Resource("Source");
            return new PlannedRow
            {
                Place = place,
                PartnerTenantId = row.Text("PartnerTenantId"),
                CustomerId = row.Text("CustomerId"),
                SourceSubscriptionId = row.Text("SourceSubscriptionId"),
                IsMigration = row.Text("State") is not null && row.Resource("Target") is not null,
                OfferId = row.Text("OfferId"),
                Quantity = row.Number("Quantity"),
                BillingCycle = row.Text("BillingCycle"),
                TermDuration = row.Text("TermDuration"),
                TermEndDate = Date(row, "TermEndDate"),
                FriendlyName = row.Text("FriendlyName"),
                AddOns = row.Texts("AddOns"),
                AddOnQuantities = [.. row.Texts("AddOnQuantities").Select(Number)],
                Commerce = Name<CommerceKind>(row.Text("Commerce")),
                Outcome = Name<TargetOutcome>(row.Text("Outcome")),
                Method = Name<MigrationMethod>(row.Text("Method")),
                PartnerIdOnRecord = row.Text("PartnerIdOnRecord"),
                HasSource = source is not null,
                SourceQuantity = source?.Number("Quantity"),
                SourceStatus = source?.Text("Status"),
                SourceAutoRenewEnabled = source?.Flag("AutoRenewEnabled"),
                SourceEndOfTerm = Name<EndOfTerm>(source?.Text("EndOfTerm")),
                SourceCommitmentEndDate = source is { } found ? Date(found, "CommitmentEndDate") : null,
            };
        }
        catch (CspMigrationException e)
        {
            throw ErrorCatalog.PlanStale.Exception($"{place} cannot be read: {e.Problem}", remedy: Remedies.MakePlan(), inner: e);
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
