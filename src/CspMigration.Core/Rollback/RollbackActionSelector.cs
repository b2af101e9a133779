using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Rollback;

/// <summary>
/// Decides what is done with the target of a migration that is rolled back (docs/rules.md, "Rolling back"). What was got for
/// several sources is given back with the last of them, whatever the last one's own share was.
/// </summary>
internal sealed class RollbackActionSelector
{
    private readonly MigrationOperation _operation;
    private readonly CustomerId _customerId;

    public RollbackActionSelector(MigrationOperation operation, CustomerId customerId)
    {
        _operation = operation;
        _customerId = customerId;
    }

    /// <summary>What is done with the target of a source.</summary>
    /// <exception cref="CspMigrationException"><c>ResizeInDoubt</c>: how many seats it had before is not known.</exception>
    public TargetRollback Choose(SourceKey key, AcquiredTarget acquired)
    {
        var target = acquired.Target!;
        var history = _operation.Journal.View.Acquisitions(_customerId, target.Id);
        if (IsNeeded(key, acquired))
        {
            return acquired.Outcome == TargetOutcome.Resized ? ChooseForResized(key, target, acquired.Written, history)
                : TargetRollback.LeaveAlone(target, acquired.Outcome == TargetOutcome.Reused || !target.IsActive ? null : StaysFor(target, acquired.Others));
        }

        var outcome = acquired.Outcome is TargetOutcome.Reused or TargetOutcome.Resized && history.Count > 0 ? Origin(history) : acquired.Outcome;
        return outcome == TargetOutcome.Resized ? ChooseForResized(key, target, acquired.Written is { Method: JournalMethod.Resize } written ? written : history.LastOrDefault(), history)
            : target.IsActive ? Choose(target, outcome)
            : TargetRollback.LeaveAlone(target);
    }

    /// <summary>Whether others rely on the target of a source.</summary>
    public bool IsNeeded(SourceKey key, AcquiredTarget acquired)
    {
        return acquired.Others.Count > 0 || _operation.Journal.View.Acquisitions(_customerId, acquired.Target!.Id).Any(entry => IsStanding(entry, key, acquired.Target!));
    }

    /// <summary>What is done with a subscription that others have relied on until now, and that only earlier rollbacks had left as it was.</summary>
    public TargetRollback ChooseForLeft(Subscription target, SourceKey key)
    {
        var history = _operation.Journal.View.Acquisitions(_customerId, target.Id);
        return !target.IsActive || history.Any(entry => IsStanding(entry, key, target)) ? TargetRollback.LeaveAlone(target)
            : (Origin(history) == TargetOutcome.Resized ? ChooseForResized(key, target, history[history.Count - 1], history) : Choose(target, Origin(history))) with { OfSources = [.. history.SelectMany(entry => entry.Sources).Where(source => _operation.Journal.View.IsUndone(_customerId, source)).Distinct()] };
    }

    /// <summary>What is done with what was bought and no other source relies on.</summary>
    public TargetRollback ChooseForPurchased(Subscription target)
    {
        var (isNewCommerce, isOpen) = (target.Commerce == CommerceKind.NewCommerce, IsOpen(target));
        return new TargetRollback
        {
            Target = target,
            Return = !isNewCommerce ? RollbackAction.Suspended
                : isOpen ? RollbackAction.Deleted
                : !EndOfTermSetting.Cancel.IsOf(target) ? RollbackAction.EndsWithTerm
                : RollbackAction.LeftAlone,
            Warning = isNewCommerce && !isOpen && !EndOfTermSetting.Cancel.IsOf(target)
                ? $"{target.OfferName} ({target.Id}) can no longer be canceled: it is billed until {UtcDay.Of(target.CommitmentEnd)}."
                : null,
        };
    }

    private TargetRollback Choose(Subscription target, TargetOutcome outcome)
    {
        return outcome switch
        {
            TargetOutcome.Reused => TargetRollback.LeaveAlone(target),
            TargetOutcome.Reactivated => new TargetRollback { Target = target, Return = RollbackAction.Suspended },
            _ => ChooseForPurchased(target),
        };
    }

    // The way it came into the customer's hands, or what was done to it first.
    private static TargetOutcome Origin(IReadOnlyList<PurchaseSettled> history)
    {
        return history.Count == 0 ? TargetOutcome.Reused : history[0].Outcome switch
        {
            TargetOutcome.Reused or TargetOutcome.Resized => history.Any(entry => entry.Method == JournalMethod.Resize) ? TargetOutcome.Resized : TargetOutcome.Reused,
            TargetOutcome.Converted => TargetOutcome.Reused,
            var outcome => outcome,
        };
    }

    // Bought without a source it serves itself.
    private bool IsStanding(PurchaseSettled entry, SourceKey key, Subscription target)
    {
        return entry.Sources.Count == 0
            || entry.Sources.Any(source => !source.Is(key)
                && !source.Is(target.Id)
                && target.Id.Is(_operation.Journal.View.Purchase(_customerId, source)?.SubscriptionId));
    }

    private bool IsOpen(Subscription target) => target.CancelableUntil is not { } until || until >= _operation.Time.GetUtcNow();

    private static string StaysFor(Subscription target, IReadOnlyList<RelyingSource> others)
    {
        var names = others.Count == 0 ? "" : $" ({Enumeration.OfSome(others.Select(other => other.Name))})";
        return $"{target.OfferName} ({target.Id}) stays as it is: it replaces another source that is still migrated{names}.";
    }

    // Seats are given back down to where someone still needs them. Those that were left to others before, and that only these needed, go too.
    private TargetRollback ChooseForResized(SourceKey key, Subscription target, PurchaseSettled? written, IReadOnlyList<PurchaseSettled> history)
    {
        if (written is not { QuantityBefore: { } before } || !target.HasQuantity)
        {
            throw ErrorCatalog.ResizeInDoubt.Exception(
                $"Without the journal, it is unknown how many seats {target.OfferName} ({target.Id}) had before the migration.", _customerId, target.Id);
        }

        var index = history.ToList().FindIndex(entry => entry.RequestId == written.RequestId);
        var needed = history.Skip(Math.Max(0, index)).Where(entry => entry.Method != JournalMethod.Resize || entry.RequestId == written.RequestId).Any(entry => IsStanding(entry, key, target));
        if (needed || !target.IsActive)
        {
            return TargetRollback.LeaveAlone(target, needed ? StaysFor(target, []) : null);
        }

        var released = history.Take(Math.Max(0, index)).Reverse().TakeWhile(entry => !IsStanding(entry, key, target)).Where(entry => entry.Method == JournalMethod.Resize).ToList();
        var present = written.Method == JournalMethod.Resize ? written.Quantity ?? before : before;
        var former = before - released.Sum(entry => Math.Max(0, (entry.Quantity ?? 0) - (entry.QuantityBefore ?? 0)));
        if (target.Quantity > former && target.Quantity != present)
        {
            return TargetRollback.LeaveAlone(target, string.Format(
                CultureInfo.CurrentCulture,
                "{0} ({1}) has {2} seats, not the {3} that the migration set: the others may be in use. The {4} of this migration stay; {5} removes them.",
                target.OfferName, target.Id, target.Quantity, present, present - former, UserCommands.Change()));
        }

        var isLate = target.Commerce == CommerceKind.NewCommerce && !IsOpen(target);
        List<SourceKey> sources = [.. released.Append(written).SelectMany(entry => entry.Sources).Append(key).Distinct()];
        var isDone = isLate ? target.QuantityAtRenewal == former : target.Quantity <= former && !sources.Exists(source => PurchaseMark.NamesSeats(target.FriendlyName, source));
        return new TargetRollback
        {
            Target = target,
            Return = isDone ? RollbackAction.LeftAlone : isLate ? RollbackAction.ResizedAtRenewal : RollbackAction.Resized,
            FormerQuantity = former,
            SeatSources = sources,
            Warning = isLate && !isDone ? $"{target.OfferName} ({target.Id}) keeps its {Enumeration.Count(target.Quantity, "seat")} until it renews: the 7 days in which they could be reduced are over." : null,
        };
    }
}
