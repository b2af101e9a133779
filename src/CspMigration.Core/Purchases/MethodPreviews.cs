using System;
using System.Collections.Generic;
using CspMigration.Contracts;
using CspMigration.Core.Customers;

namespace CspMigration.Core.Purchases;

/// <summary>What each method would cost for a source, and until when it could be reduced or taken back (docs/new-commerce.md).</summary>
internal static class MethodPreviews
{
    /// <summary>One for each method.</summary>
    /// <param name="source">The source.</param>
    /// <param name="purchase">What was decided for it; null where nothing could be.</param>
    /// <param name="now">When it would be sent.</param>
    /// <returns>Empty where its target is there already, or was begun: that has its method.</returns>
    public static IReadOnlyList<MethodPreview> Of(MigrationCase source, Purchase? purchase, DateTimeOffset now)
    {
        if (source.InPlace is not { } methods)
        {
            return [];
        }

        var end = source.Subscription?.CommitmentEnd ?? source.Row.CommitmentEndDate;
        return
        [
            OfPurchase(source, purchase is { IsInPlace: false } ? purchase : null, now),
            methods.Transition is null ? NotAvailable(MigrationMethod.Transition, methods.WhyNoTransition)
                : Available(MigrationMethod.Transition, now, overlapDays: 0, CancellationWindow.Unknown),
            methods.Renewal is null ? NotAvailable(MigrationMethod.Renewal, methods.WhyNoRenewal)
                : Available(MigrationMethod.Renewal, Overlap.FirstMomentAfter(end), overlapDays: 0, CancellationWindow.AfterTerm(end)),
        ];
    }

    // Where another method is asked for, what a purchase would be has not been looked for.
    private static MethodPreview OfPurchase(MigrationCase source, Purchase? purchase, DateTimeOffset now)
    {
        var days = Overlap.DaysOf(source.Row, purchase?.Outcome ?? TargetOutcome.Purchased, now, purchase?.Options.SourcesEndingOf(source.Row));
        return Available(MigrationMethod.Purchase, now, days, purchase is null ? CancellationWindow.Unknown : CancellationWindow.Of(purchase, purchase.Existing, isPlanned: true));
    }

    private static MethodPreview Available(MigrationMethod method, DateTimeOffset? effectiveOn, int? overlapDays, CancellationWindow window)
    {
        return new MethodPreview
        {
            Method = method,
            IsAvailable = true,
            EffectiveOn = effectiveOn,
            OverlapDays = overlapDays,
            ReducibleUntil = window.Until,
            Reduction = window.Reduction,
            CancelableUntil = window.Until,
            Cancellation = window.Cancellation,
        };
    }

    private static MethodPreview NotAvailable(MigrationMethod method, string? why) => new() { Method = method, Reason = why };
}
