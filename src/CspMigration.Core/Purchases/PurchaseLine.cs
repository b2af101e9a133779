using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CspMigration.Contracts;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Purchases;

/// <summary>
/// The command that makes a purchase in another way, for its customer and sources alone, as it is pasted; for an approved
/// plan, the one that makes that part of the plan again. It ends a text, without a full stop.
/// </summary>
internal sealed class PurchaseLine
{
    private static readonly Regex Word = new("^[A-Za-z0-9]+$", RegexOptions.CultureInvariant);

    private readonly string _customerId;
    private readonly IReadOnlyList<MigrationCase> _cases;
    private readonly PurchaseOptions _options;

    /// <param name="customerId">The customer.</param>
    /// <param name="cases">The sources it is for; none for a purchase without one.</param>
    /// <param name="options">What was asked for besides.</param>
    public PurchaseLine(string customerId, IReadOnlyList<MigrationCase> cases, PurchaseOptions options)
    {
        _customerId = customerId;
        _cases = cases;
        _options = options;
    }

    /// <summary>With another reseller of record.</summary>
    public string OnRecord(string reseller) => FirstOf([($"-PartnerIdOnRecord {Pasteable.Quote(reseller)}", _options with { PartnerIdOnRecord = reseller })]);

    /// <summary>With another number of seats.</summary>
    public string With(int seats)
    {
        return FirstOf([(string.Format(CultureInfo.InvariantCulture, "-Quantity {0}", seats), _options with { Quantity = seats, RightSize = false })]);
    }

    /// <summary>With another number of units of an add-on.</summary>
    /// <param name="addOn">The add-on as it was asked for.</param>
    /// <param name="units">The number.</param>
    public string With(AddOnChoice addOn, int units)
    {
        var changed = addOn with { Quantity = units };
        return FirstOf([($"-AddOn {Pasteable.Quote(changed.ToString())}", _options with { AddOns = [.. _options.AddOns.Select(other => other == addOn ? changed : other)] })]);
    }

    /// <summary>With the first of some targets; the others are named behind it.</summary>
    public string Toward(IEnumerable<string> targets)
    {
        return FirstOf([.. targets.Select(target => ($"-Target {Pasteable.Quote(target)}", _options with { Target = target }))]);
    }

    /// <summary>With the first of some terms and billing cycles, the others named behind it.</summary>
    /// <param name="sold">What the offer is sold for.</param>
    /// <param name="isLegacy">Whether it is a legacy offer: new commerce may have other terms.</param>
    public string Billed(IEnumerable<(string Term, string Cycle)> sold, bool isLegacy)
    {
        var ways = sold.Select(pair => ($"-Term {pair.Term} -BillingCycle {pair.Cycle}", _options with { Term = pair.Term, BillingCycle = pair.Cycle }));
        return FirstOf([.. ways, .. isLegacy ? [NewCommerce] : Enumerable.Empty<(string, PurchaseOptions)>()]);
    }

    /// <summary>Through new commerce.</summary>
    public string ThroughNewCommerce() => FirstOf([NewCommerce]);

    private (string Parameters, PurchaseOptions Options) NewCommerce => ("-Commerce New", _options with { Commerce = CommerceChoice.New });

    // The others stand in a comment: what is pasted runs, whole.
    private string FirstOf(IReadOnlyList<(string Parameters, PurchaseOptions Options)> ways)
    {
        var others = string.Concat(ways.Skip(1).Select(way => $" or {way.Parameters}"));
        return LineOf(ways[0]) + (others.Length == 0 ? "" : $" #{others}");
    }

    // Units of another channel have no id to name them by: they come down a pipeline, which only who wrote it knows.
    private string LineOf((string Parameters, PurchaseOptions Options) way)
    {
        var line = _cases.Any(source => source.Row.SubscriptionId is null) ? way.Parameters : Command(way.Options);
        return _options.IsApproved ? $"make the plan again with {line} -WhatIf | {PlanFile.HowItIsSaved}" : line;
    }

    private string Command(PurchaseOptions options)
    {
        var ids = _cases.Select(source => source.Row.SubscriptionId!).ToList();
        var line = new StringBuilder(ids.Count > 1 ? $"{string.Join(", ", ids.Select(Pasteable.Quote))} | " : "");
        _ = line.Append($"New-TargetSubscription -CustomerId {_customerId}");
        if (ids.Count > 0)
        {
            _ = line.Append($" -SubscriptionId {(ids.Count > 1 ? "{ $_ }" : ids[0])}");
        }

        Add("Target", options.Target is { } target ? Pasteable.Quote(target) : null);
        Add("Term", AsWord(options.Term));
        Add("BillingCycle", AsWord(options.BillingCycle));
        Add("TermEndDate", options.TermEndDate is { } end ? Pasteable.Quote(end.ToString("O", CultureInfo.InvariantCulture)) : null);
        Add("AddOn", options.AddOns.Count > 0 ? string.Join(", ", options.AddOns.Select(addOn => Pasteable.Quote(addOn.ToString()))) : null);
        Add("PartnerIdOnRecord", options.PartnerIdOnRecord is { } partner ? Pasteable.Quote(partner) : null);
        Add("FriendlyName", options.FriendlyName is { } name ? Pasteable.Quote(name) : null);
        Add("Commerce", options.Commerce == CommerceChoice.Auto ? null : options.Commerce.ToString());
        Add("Method", options.Method == MigrationMethod.Purchase ? null : options.Method.ToString());
        Add("Quantity", options.Quantity?.ToString(CultureInfo.InvariantCulture));
        return line.Append(options.RightSize ? " -RightSize" : "").ToString();

        void Add(string parameter, string? value) => _ = value is null ? line : line.Append($" -{parameter} {value}");
    }

    // What comes from a plan may be anything.
    private static string? AsWord(string? value) => value is null || Word.IsMatch(value) ? value : Pasteable.Quote(value);
}
