using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Journal.Entries;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Purchases;

/// <summary>One source on its way through the checks: what is known of it so far, and what each check found.</summary>
internal sealed class MigrationCase
{
    private readonly List<ReadinessCheck> _checks = [];

    public MigrationCase(ExpiringSubscription row) => Row = row;

    /// <summary>One case for each source of a customer: a row given twice is not a second source, whose seats would be added.</summary>
    public static List<MigrationCase> Of(IEnumerable<ExpiringSubscription> rows)
    {
        return [.. rows.GroupBy(SourceEntry.KeyOf).Select(same => new MigrationCase(same.First()))];
    }

    /// <summary>The source as it came, completed by what the checks read.</summary>
    public ExpiringSubscription Row { get; set; }

    /// <summary>The source as it is now; null for units of another channel, or while it has not been read.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>The source's row of the SKU map; null where it has none.</summary>
    public SkuMapping? Mapping { get; set; }

    /// <summary>The target; null while nothing is chosen.</summary>
    public SkuTarget? Target { get; set; }

    /// <summary>What the service itself can do for it; null where that was not asked.</summary>
    public InPlaceMethods? InPlace { get; set; }

    /// <summary>Why it cannot be migrated; null while it can.</summary>
    public CspMigrationException? Failure { get; private set; }

    /// <summary>Whether the map has nothing for it and no one named a target: left out, without an error.</summary>
    public bool IsUnmapped { get; set; }

    /// <summary>What speaks against buying anything for it, its migration being finished: it fails with this unless its target is there. Null for others.</summary>
    public CspMigrationException? ErrorIfNoTarget { get; set; }

    public bool IsOpen => Failure is null && !IsUnmapped;

    public IReadOnlyList<ReadinessCheck> Checks => _checks;

    /// <summary>The directory SKU its licenses belong to.</summary>
    public SkuId SkuId => Row.Sku ?? throw new InvalidOperationException("The source has not been read.");

    /// <summary>What marks and journal know it by: its id, or its directory SKU where it was bought through another channel.</summary>
    public SourceKey Key => Row.Id is { } id ? id : SkuId;

    public string Name => Row.OfferName ?? Row.OfferId ?? Key.ToString();

    /// <summary>The reseller of record; null where it has none.</summary>
    public string? Reseller => Subscription?.PartnerId is { Length: > 0 } reseller ? reseller : null;

    public int Seats => Subscription?.Quantity ?? Row.Quantity;

    public void Record(string rule, Finding finding) => _checks.Add(CheckOf(rule, finding));

    /// <summary>Takes over what a later check knows better, in its place.</summary>
    public void Correct(string rule, Finding finding) => _checks[_checks.FindIndex(check => check.Rule == rule)] = CheckOf(rule, finding);

    public void Fail(string rule, CspMigrationException failure)
    {
        Failure = failure;
        _checks.Add(new ReadinessCheck
        {
            Rule = rule,
            Result = ReadinessResult.Fail,
            ErrorId = failure.ErrorId,
            Message = failure.Problem,
            Remedy = failure.RecommendedAction,
        });
    }

    /// <summary>The checks in their order; those that come after what stopped them say what it was.</summary>
    public IReadOnlyList<ReadinessCheck> AllChecks()
    {
        var order = ReadinessRule.InOrder;
        var stoppedBy = IsUnmapped ? ReadinessRule.Target : _checks.Find(check => check.Result == ReadinessResult.Fail)?.Rule;
        var last = stoppedBy is null ? order.Length : Array.IndexOf(order, stoppedBy);
        var notReached = IsUnmapped ? "Not reached: there is no target." : $"Not reached: {stoppedBy} failed.";
        return [.. order.Select((rule, index) => _checks.Find(check => check.Rule == rule) ?? new ReadinessCheck
        {
            Rule = rule,
            Result = ReadinessResult.NotApplicable,
            Message = index > last ? notReached : "Nothing to check.",
        })];
    }

    private static ReadinessCheck CheckOf(string rule, Finding finding) => new()
    {
        Rule = rule,
        Result = finding.Result,
        ErrorId = finding.ErrorId,
        Message = finding.Message,
        Remedy = finding.Remedy?.ToString(),
    };
}
