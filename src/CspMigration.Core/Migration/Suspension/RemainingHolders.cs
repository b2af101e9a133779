using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Migration.Licenses;
using CspMigration.Core.PartnerCenter.Resources;
using CspMigration.Core.Sessions;
using CspMigration.Core.Wording;

namespace CspMigration.Core.Migration.Suspension;

/// <summary>
/// Says who keeps a subscription from being ended, why they remain, and which command goes on: from what the journal and
/// the session know, without asking the service again.
/// </summary>
internal sealed class RemainingHolders
{
    private readonly MigrationOperation _operation;
    private readonly SuspensionRequest _request;
    private readonly Subscription _subscription;
    private readonly int? _holders;

    /// <param name="operation">Whose journal and session it is.</param>
    /// <param name="request">What was to be ended.</param>
    /// <param name="subscription">The same as it is now.</param>
    /// <param name="holders">How many users depend on it; null where only the step before could tell that some do.</param>
    public RemainingHolders(MigrationOperation operation, SuspensionRequest request, Subscription subscription, int? holders)
    {
        _operation = operation;
        _request = request;
        _subscription = subscription;
        _holders = holders;
    }

    private string? TargetSubscriptionId => string.IsNullOrEmpty(_request.TargetSubscriptionId)
        ? _operation.Journal.View.Purchase(_request.CustomerId, _subscription.Id)?.SubscriptionId
        : _request.TargetSubscriptionId;

    public CspMigrationException ToException()
    {
        // In a plan the moves count as made: what an earlier run could not move is no reason.
        List<UserLicenseMove> known = _request.IsPlanned
            ? [.. _request.NotMoved]
            : [.. _operation.Journal.View.UsersLeft(_request.CustomerId, _subscription.Id).Select(JournalledMove.Describe).Select(_operation.Session.Seen.Named)];
        return ErrorCatalog.HoldersRemain.Exception(
            Problem(known, user => user.UserPrincipalName ?? user.UserId),
            _request.CustomerId,
            _subscription.Id,
            Action(known),
            problemWithoutNames: Problem(known, user => user.UserId));
    }

    private string Problem(List<UserLicenseMove> known, Func<UserLicenseMove, string> nameOf)
    {
        var who = _holders is { } count ? Enumeration.Count(count, "user") : "Users";
        return $"{who} still {(_holders == 1 ? "depends" : "depend")} on {_subscription.OfferName} ({_subscription.Id}) of {_request.CustomerName}{Reasons(known, nameOf)}.";
    }

    // The units of a SKU are pooled: of more users who were not moved than depend on it, none can be told to be the one.
    private string Reasons(List<UserLicenseMove> known, Func<UserLicenseMove, string> nameOf)
    {
        var sum = NotMovedUsers.Sum(known, nameOf);
        var others = _holders - known.Count;
        return known.Count == 0
            ? _request.IsPlanned ? ""
                : TargetSubscriptionId is null ? "; no successor of it is known"
                : "; no attempt to move them is known: they were left out, or got the licence since"
            : others < 0 ? $". Of {known.Count} who were not moved, {sum}"
            : others > 0 && _request.IsPlanned ? $": {sum}; {others} {(others == 1 ? "is" : "are")} not asked for"
            : others > 0 ? $": {sum}; of {others} no attempt to move them is known"
            : $": {sum}";
    }

    private string Action(List<UserLicenseMove> known)
    {
        if (_request.IsPlanned)
        {
            return known.Exists(user => user.Outcome == UserMoveOutcome.NoUsageLocation)
                ? "Have the move give those without a usage location one (Customer is the customer's own country; two letters name another). Repeat the line with, for Move-UserLicense or Invoke-SubscriptionMigration: -UsageLocation Customer"
                : "Leave -User out, so that the move of all its users is planned.";
        }

        if (TargetSubscriptionId is not { } target)
        {
            return $"Move them to a successor first (Get-ExpiringSubscription {_request.CustomerId} | New-TargetSubscription | Move-UserLicense), or give Suspend-Subscription a -Reason other than Migrated, which suspends it with its users on it.";
        }

        var command = $"Move-UserLicense -CustomerId {_request.CustomerId} -SourceSubscriptionId {_subscription.Id} -TargetSubscriptionId {target}";
        var location = known.Exists(user => user.Outcome == UserMoveOutcome.NoUsageLocation)
            ? " -UsageLocation Customer | Suspend-Subscription (Customer is the customer's own country; two letters name another)"
            : " | Suspend-Subscription";
        var first = string.Join("; ", known.GroupBy(user => user.Outcome).Select(cause => First(cause.Key, cause.Count(), target)).OfType<string>());
        return $"{(first.Length == 0 ? "" : $"First {first}. ")}Run {command}{location}. Users, in what Move-UserLicense gives and in (Get-SubscriptionMigration {_request.CustomerId}).LicenseMove, has each user with the reason.";
    }

    private string? First(UserMoveOutcome outcome, int count, string target)
    {
        return outcome switch
        {
            UserMoveOutcome.GroupHeld => "give the group that the licence comes from the new licence instead of the old one",
            UserMoveOutcome.NoFreeSeat => $"give the successor {count} more seats (Set-Subscription -CustomerId {_request.CustomerId} -SubscriptionId {target} -Quantity <all its seats>)",
            UserMoveOutcome.ConflictingPlans => "switch one of the conflicting service plans off for these users",
            _ => null,
        };
    }
}
