using System;
using System.Collections.Generic;
using System.Globalization;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Programs;

/// <summary>The options of a step in words, and as parameters.</summary>
internal static class StepWords
{
    /// <summary>Options without a value.</summary>
    public static IReadOnlySet<string> Switches { get; } = new HashSet<string>
    {
        "what-if", "foreseen", "unattended", "right-size", "at-term-end", "immediate", "cancel", "renewing", "trials", "elsewhere", "by-record",
    };

    /// <summary>The parameters a step's options stand for.</summary>
    public static StepOptions Parameters(Step step) => new()
    {
        WhatIf = step.Has("what-if"),
        IsUnattended = step.Has("unattended"),
        Target = step.Option("target") is { } target ? TargetOf(target) : null,
        Quantity = step.Option("quantity") is { } quantity ? int.Parse(quantity, CultureInfo.InvariantCulture) : null,
        RightSize = step.Has("right-size"),
        BillingCycle = step.Option("cycle"),
        Term = step.Option("term"),
        AddOn = step.Option("add-on") is { } addOn ? WorldProduct.Of(addOn).OfferId : null,
        Reseller = step.Option("reseller"),
        Name = step.Option("name"),
        Commerce = step.Option("commerce") is { } commerce ? Enum.Parse<CommerceChoice>(commerce, ignoreCase: true) : CommerceChoice.Auto,
        UsageLocation = step.Option("location"),
        User = step.Option("user"),
        Reason = step.Option("reason") is { } reason ? Enum.Parse<SuspensionReason>(reason, ignoreCase: true) : SuspensionReason.Migrated,
        AtTermEnd = step.Has("at-term-end"),
        Immediate = step.Has("immediate"),
        Cancel = step.Has("cancel"),
        StopAfter = step.Option("stop-after") is { } stage ? Enum.Parse<MigrationStage>(stage, ignoreCase: true) : null,
        AutoRenew = step.Option("renew") is { } renew ? renew == "on" : null,
        IncludeAutoRenew = step.Has("renewing"),
        IncludeTrial = step.Has("trials"),
        IncludeOtherChannel = step.Has("elsewhere"),
    };

    // By its directory SKU: that finds the base offer in either commerce.
    private static string TargetOf(string product) => WorldProduct.Of(product).Sku.Id;
}
