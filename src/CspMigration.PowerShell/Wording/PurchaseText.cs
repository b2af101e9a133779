using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Purchases;

namespace CspMigration.PowerShell.Wording;

/// <summary>The command that makes a purchase in another way, as it is pasted; for an approved plan, the one that makes that part of the plan again.</summary>
internal static class PurchaseText
{
    private static readonly Regex Word = new("^[A-Za-z0-9]+$", RegexOptions.CultureInvariant);

    // The others stand in a comment: what is pasted runs, whole.
    public static string Of(PurchaseAlternatives alternatives)
    {
        var first = alternatives.Ways[0];
        var others = string.Concat(alternatives.Ways.Skip(1).Select(way => $" or {Parameters(way.Changed)}"));
        return LineOf(alternatives, first) + (others.Length == 0 ? "" : $" #{others}");
    }

    private static string LineOf(PurchaseAlternatives alternatives, PurchaseAlternative way)
    {
        var line = alternatives.HasUnnamedSources ? Parameters(way.Changed) : Command(alternatives, way.Options);
        return alternatives.IsOfPlan ? $"{line} -WhatIf | {CommandLines.ById["SavePlan"]}" : line;
    }

    private static string Command(PurchaseAlternatives alternatives, PurchaseOptions options)
    {
        var ids = alternatives.SourceIds;
        var sources = ids.Count > 1 ? $"{string.Join(", ", ids.Select(Pasteable.Quote))} | " : "";
        var source = ids.Count switch { 0 => "", 1 => $" -SubscriptionId {ids[0]}", _ => " -SubscriptionId { $_ }" };
        var parameters = Parameters(options);
        return $"{sources}New-TargetSubscription -CustomerId {alternatives.CustomerId}{source}{(parameters.Length == 0 ? "" : $" {parameters}")}";
    }

    private static string Parameters(PurchaseOptions options)
    {
        var parameters = new List<string>();
        Add("Target", options.Target is { } target ? Pasteable.Quote(target) : null);
        Add("Term", AsWord(options.Term));
        Add("BillingCycle", AsWord(options.BillingCycle));
        Add("TermEndDate", options.TermEndDate is { } end ? Pasteable.Quote(end.ToString("O", CultureInfo.InvariantCulture)) : null);
        Add("AddOn", options.AddOns.Count > 0 ? string.Join(", ", options.AddOns.Select(addOn => Pasteable.Quote(addOn.ToString()))) : null);
        Add("PartnerIdOnRecord", options.PartnerIdOnRecord is { } partner ? Pasteable.Quote(partner) : null);
        Add("FriendlyName", options.FriendlyName is { } name ? Pasteable.Quote(name) : null);
        Add("Commerce", options.Commerce == CommerceChoice.Auto ? null : options.Commerce.ToString());
        Add("Quantity", options.Quantity?.ToString(CultureInfo.InvariantCulture));
        if (options.RightSize)
        {
            parameters.Add("-RightSize");
        }

        return string.Join(" ", parameters);

        void Add(string parameter, string? value)
        {
            if (value is not null)
            {
                parameters.Add($"-{parameter} {value}");
            }
        }
    }

    // What comes from a plan may be anything.
    private static string? AsWord(string? value) => value is null || Word.IsMatch(value) ? value : Pasteable.Quote(value);
}
