using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Run;

/// <summary>What a run would do, in the words of its question: what is bought for which term, what becomes of the sources, and what is left alone and why.</summary>
internal sealed class RunSummary
{
    private readonly MigrationRunOptions _options;
    private readonly int _withoutGraph;
    private readonly IReadOnlyList<CustomerPlan> _customers;
    private readonly List<PurchasePlan> _plans;
    private readonly List<MigrationCase> _sources;

    public RunSummary(MigrationRunOptions options, IReadOnlyList<CustomerPlan> customers, int withoutGraph)
    {
        _withoutGraph = withoutGraph;
        _options = options;
        _customers = customers;
        _plans = [.. customers.SelectMany(customer => customer.Planning.Plans)];
        _sources = [.. _plans.SelectMany(plan => plan.Purchase.Cases)];
    }

    /// <summary>The steps, as a sentence without its end.</summary>
    public string Action
    {
        get
        {
            var purchases = _plans.Count == 1 ? _plans[0].DecisionText : $"Migrate {Enumeration.Count(_sources.Count, "subscription")}{RenewalText()}: {PurchaseText()}";
            return string.Join("; ", [purchases, .. MoveTexts(), .. EndTexts(), .. OverlapTexts(), .. StopTexts()]);
        }
    }

    /// <summary>The sources that nothing is done for, as a sentence of its own; empty where there are none.</summary>
    public string LeftAlone
    {
        get
        {
            var stopped = _customers.SelectMany(customer => customer.Planning.Failures.Concat(customer.Planning.Unmapped)).ToList();
            var reasons = stopped.Count > Enumeration.Most
                ? stopped.GroupBy(source => source.Value.ErrorId).OrderByDescending(cause => cause.Count()).Select(cause => Text("{0:N0} {1}", cause.Count(), cause.Key))
                : stopped.Select(source => $"{source.Key.OfferName ?? source.Key.OfferId} of {source.Key.CustomerName ?? source.Key.CustomerId} ({source.Value.ErrorId})");
            return stopped.Count == 0 ? "" : $"Left alone: {string.Join(", ", reasons)}; {Remedies.SeeReasons()}";
        }
    }

    private bool IsToMove => _options.StopAfter != MigrationStage.Purchase;

    private bool IsToEnd => _options.StopAfter is null;

    // What does not expire has to be chosen knowingly (docs/rules.md, rule 32). A single plan says it itself.
    private string RenewalText()
    {
        var renewing = _sources.Count(source => source.Row.EndOfTerm == EndOfTerm.RenewsIntoRetired);
        return renewing == 0 ? "" : Text(" ({0:N0} of which renew automatically)", renewing);
    }

    // One line for each thing that is had on one set of terms.
    private string PurchaseText()
    {
        var parts = new List<string>();
        AddEach("buy {0} of {1} in {2}", plan => plan.Purchase.Method is NewSubscription, "purchase");
        AddEach("reactivate {0} of {1} in {2}", plan => plan.Purchase.Method is Reactivation, "subscription");
        AddEach("add {0} to {1} in {2}", plan => plan.Purchase.Method is Resize, "subscription");
        AddEach("convert to {0} of {1} from {2}", plan => plan.Purchase.Method is TrialConversion, "trial");
        AddEach("transition {0} to {1} in {2}, which cannot be undone", plan => plan.Purchase.Method is TransitionInPlace, "subscription");
        AddEach("have {0} renew as {1} in {2}", plan => plan.Purchase.Method is ChangeAtRenewal, "subscription");
        var addOns = _plans.SelectMany(plan => plan.Purchase.AddOns).GroupBy(addOn => addOn.Name);
        parts.AddRange(addOns.Select(addOn => $"buy {Enumeration.Count(addOn.Sum(one => one.Quantity), "unit")} of {addOn.Key}"));
        if (_plans.Count(plan => plan.Purchase.RestoresRenewal) is var ended and > 0)
        {
            parts.Add($"set {Enumeration.Count(ended, "target")} to renew again after a rollback");
        }

        if (_plans.Count(plan => plan.Purchase.IsBought) is var there and > 0)
        {
            parts.Add($"use {Enumeration.Count(there, "target")} that {(there == 1 ? "is" : "are")} there");
        }

        return string.Join(", ", parts);

        void AddEach(string format, Func<PurchasePlan, bool> isMeant, string what)
        {
            parts.AddRange(_plans.Where(isMeant).GroupBy(plan => plan.Purchase.Method.DescribeTerms(plan.Purchase), StringComparer.OrdinalIgnoreCase)
                .Select(same => Text(format, Enumeration.Count(same.Sum(plan => plan.OwnSeatCount), "seat"), same.Key, Enumeration.Count(same.Count(), what))));
        }
    }

    private IEnumerable<string> MoveTexts()
    {
        var moving = _plans.Where(plan => plan.Purchase.Method.MovesUsers && plan.Purchase.Outcome != TargetOutcome.Scheduled)
            .Sum(plan => plan.Purchase.Cases.Count(source => !source.Row.Sku.Is(plan.Purchase.Offer.Sku)));
        var through = _withoutGraph == 0 ? "" : $" ({Enumeration.Count(_withoutGraph, "customer")} through Partner Center, where Microsoft Graph cannot be used)";
        var (groups, members) = (_customers.Sum(customer => customer.Groups.Count), _customers.Sum(customer => customer.Groups.Values.Sum()));
        var switched = groups == 0 ? "" : $", and switch the license of {Enumeration.Count(groups, "group")} for {Enumeration.Count(members, "member")}";
        return IsToMove && moving > 0 ? [$"move the users' licenses{through}{switched}"] : [];
    }

    private IEnumerable<string> EndTexts()
    {
        if (!IsToEnd)
        {
            yield break;
        }

        var inPlace = _plans.Where(plan => plan.Purchase.IsInPlace).Sum(plan => plan.Purchase.Cases.Count);
        var converted = inPlace + _plans.Where(plan => plan.Purchase.Method is TrialConversion).Sum(plan => plan.Purchase.Cases.Count);
        var elsewhere = _sources.Count(source => source.Row.Commerce == CommerceKind.OtherChannel);
        var newCommerce = _sources.Count(source => source.Row.Commerce == CommerceKind.NewCommerce) - inPlace;
        var others = _sources.Count - converted - elsewhere - newCommerce;
        if (others > 0)
        {
            yield return _options.Suspensions.AtTermEnd ? $"leave {Sources(others)} to expire" : $"suspend {Sources(others)}";
        }

        if (newCommerce > 0)
        {
            yield return $"cancel {Sources(newCommerce)} at the end of {(newCommerce == 1 ? "its term" : "their terms")} (new commerce)";
        }

        if (elsewhere > 0)
        {
            yield return $"leave {Sources(elsewhere)} to the customer (another channel)";
        }
    }

    // A single plan says it itself.
    private IEnumerable<string> OverlapTexts()
    {
        var seatDays = _plans.Count == 1 ? 0 : _plans.Where(plan => plan.NeedsWrite).SelectMany(plan => plan.ToPlanned()).Sum(target => Overlap.SeatDaysOf(target) ?? 0);
        return seatDays > 0 ? [Text("source and target are both billed for {0:N0} seat-days", seatDays)] : [];
    }

    private IEnumerable<string> StopTexts()
    {
        return _options.StopAfter switch
        {
            MigrationStage.Purchase => ["stop there (users and sources stay as they are)"],
            MigrationStage.Licenses => ["stop there (sources stay active)"],
            _ => [],
        };
    }

    // All of them, or so many of them.
    private string Sources(int count) => $"{(count == _sources.Count ? "the " : "")}{(count == 1 && _sources.Count == 1 ? "source" : Enumeration.Count(count, "source"))}";

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
