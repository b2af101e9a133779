using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Xml;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;

namespace CspMigration.PowerShell.Plans;

/// <summary>Reads an approved plan from disk: JSON, or PowerShell's own CliXml.</summary>
internal static class SavedPlan
{
    // Windows PowerShell saves in the system's own code page unless told otherwise: an error, not other names. A byte order mark counts.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The plan's rows.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>PlanStale</c>: it cannot be read, or is no plan.</exception>
    public static IReadOnlyList<PlannedRow> Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var text = File.ReadAllText(path, Utf8);
            return text.TrimStart('\uFEFF', ' ', '\r', '\n').StartsWith("<", StringComparison.Ordinal)
                ? ReadCliXml(text, name)
                : PlanFile.ReadJson(text, name);
        }
        catch (DecoderFallbackException)
        {
            throw PlanFile.NoPlan(path, "its text is not UTF-8");
        }
        catch (Exception e) when (e is XmlException or PSArgumentException)
        {
            throw PlanFile.NoPlan(path, $"its CliXml breaks. {e.Message.TrimEnd('.')}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorCatalog.Create("PlanStale", $"The plan {path} cannot be read: {e.Message}");
        }
    }

    private static IReadOnlyList<PlannedRow> ReadCliXml(string xml, string name)
    {
        var items = PSSerializer.DeserializeAsList(xml).Select(PSObject.AsPSObject);
        return PlanFile.Checked([.. items.Select((item, index) => Read(item, $"Row {index + 1} of {name}"))], name);
    }

    private static PlannedRow Read(PSObject row, string place)
    {
        var source = row.Properties["Source"]?.Value is { } value ? PSObject.AsPSObject(value) : null;
        return new PlannedRow
        {
            Place = place,
            PartnerTenantId = Text(row, "PartnerTenantId"),
            CustomerId = Text(row, "CustomerId"),
            SourceSubscriptionId = Text(row, "SourceSubscriptionId"),
            IsMigration = Text(row, "State") is not null && row.Properties["Target"]?.Value is not null,
            OfferId = Text(row, "OfferId"),
            Quantity = Number(row, "Quantity"),
            BillingCycle = Text(row, "BillingCycle"),
            TermDuration = Text(row, "TermDuration"),
            TermEndDate = Date(row, "TermEndDate"),
            FriendlyName = Text(row, "FriendlyName"),
            AddOns = Texts(row, "AddOns"),
            AddOnQuantities = [.. Texts(row, "AddOnQuantities").Select(Number)],
            Commerce = Text(row, "Commerce"),
            Outcome = Text(row, "Outcome"),
            Method = Text(row, "Method"),
            PartnerIdOnRecord = Text(row, "PartnerIdOnRecord"),
            HasSource = source is not null,
            SourceQuantity = Number(source, "Quantity"),
            SourceStatus = Text(source, "Status"),
            SourceAutoRenewEnabled = bool.TryParse(Text(source, "AutoRenewEnabled"), out var renews) ? renews : null,
            SourceEndOfTerm = Text(source, "EndOfTerm"),
            SourceCommitmentEndDate = Date(source, "CommitmentEndDate"),
        };
    }

    private static string? Text(PSObject? item, string name)
    {
        var text = Convert.ToString(item?.Properties[name]?.Value, CultureInfo.InvariantCulture);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static IReadOnlyList<string> Texts(PSObject row, string name)
    {
        return LanguagePrimitives.GetEnumerable(row.Properties[name]?.Value) is { } items
            ? [.. items.Cast<object?>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)).Where(text => !string.IsNullOrWhiteSpace(text))]
            : Text(row, name) is { } only ? [only] : [];
    }

    private static int? Number(PSObject? item, string name)
    {
        return Number(Text(item, name));
    }

    private static int? Number(string? text)
    {
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static DateTimeOffset? Date(PSObject? item, string name)
    {
        return item?.Properties[name]?.Value switch
        {
            DateTimeOffset moment => moment,
            DateTime date => new DateTimeOffset(date.ToUniversalTime()),
            _ => DateTimeOffset.TryParse(Text(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : null,
        };
    }
}
