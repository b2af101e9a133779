using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Customers;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using CspMigration.Core.Sessions;
using CspMigration.Core.Users;
using CspMigration.Core.Wording;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Suspension;

/// <summary>
/// Says who keeps a subscription from being ended, why they remain, and which command goes on: from what the journal and
/// the session know, without asking the service again.
/// </summary>
internal sealed class RemainingHolders
{
    private readonly MigrationOperation _operation;
    private readonly SuspensionRequest _request;
    private readonly Subscription _subscription;
    private readonly IReadOnlyList<Subscription> _subscriptions;
    private readonly int? _holders;

    /// <param name="operation">Whose journal and session it is.</param>
    /// <param name="request">What was to be ended.</param>
    /// <param name="subscription">The same as it is now.</param>
    /// <param name="subscriptions">All of the customer's, for the seats of the target.</param>
    /// <param name="holders">How many users depend on it; null where only the step before could tell that some do.</param>
    public RemainingHolders(
        MigrationOperation operation, SuspensionRequest request, Subscription subscription, IReadOnlyList<Subscription> subscriptions, int? holders)
    {
        _operation = operation;
        _request = request;
        _subscription = subscription;
        _subscriptions = subscriptions;
        _holders = holders;
    }

    /// <summary>Whether the SKU map has a target for it.</summary>
    public bool HasTargets { get; init; }

    /// <summary>Exchanges of groups' licenses that a command began and did not see to their end: until then members may have no license at all.</summary>
    public IReadOnlyList<GroupIntended> OpenGroups { get; init; } = [];

    private SubscriptionId? TargetSubscriptionId => _request.TargetId
        ?? _operation.Journal.View.Purchase(_request.Customer, _subscription.Id)?.SubscriptionId;

    public CspMigrationException ToException()
    {
        // In the order of their names, with and without them: several were tried at once, and whoever came first says nothing.
        // In a plan the moves count as made: what an earlier run could not move is no reason.
        List<UserLicenseMove> known = _request.IsPlanned
            ? [.. _request.NotMoved]
            : [.. _operation.Journal.View.UsersLeft(_request.Customer, _subscription.Id).Select(LicenseMoveRecord.Describe).Select(_operation.Session.Seen.Named)
                .Concat(_request.NotMoved).GroupBy(user => user.UserId, StringComparer.OrdinalIgnoreCase).Select(known => known.First())
                .OrderBy(user => user.UserPrincipalName ?? user.UserId, StringComparer.OrdinalIgnoreCase)];
        return ErrorCatalog.HoldersRemain.Exception(
            Problem(known, user => user.UserPrincipalName ?? user.UserId),
            _request.Customer,
            _subscription.Id,
            Action(known),
            problemWithoutNames: Problem(known, user => user.UserId));
    }

    private string Problem(List<UserLicenseMove> known, Func<UserLicenseMove, string> nameOf)
    {
        var who = _holders is { } count ? Enumeration.Count(count, "user") : "Users";
        var ofGroups = OpenGroups.Count == 0 ? null
            : $"A command was interrupted while it switched the license of {(OpenGroups.Count == 1 ? "the group" : "the groups")} {Enumeration.OfSome(OpenGroups.Select(group => group.GroupId?.ToString() ?? ""))} from {_subscription.OfferName} ({_subscription.Id}) of {_request.CustomerName}: it is unknown whether each member has a license.";
        return _holders == 0 && ofGroups is not null ? ofGroups : string.Join(" ", new[] { OfHolders(), ofGroups }.OfType<string>());

        string OfHolders() => $"{who} still {(_holders == 1 ? "depends" : "depend")} on {_subscription.OfferName} ({_subscription.Id}) of {_request.CustomerName}{Reasons(known, nameOf)}.";
    }

    // The units of a SKU are pooled: of more users who were not moved than depend on it, none can be told to be the one.
    private string Reasons(List<UserLicenseMove> known, Func<UserLicenseMove, string> nameOf)
    {
        var sum = NotMovedUsers.Sum(known, nameOf);
        var others = _holders - known.Count;
        return known.Count == 0
            ? _request.IsPlanned ? ""
                : TargetSubscriptionId is null ? "; no target of it is known"
                : "; no attempt to move them is known: they were left out, or got the license since"
            : others < 0 ? $". Of {known.Count} who were not moved, {sum}"
            : others > 0 && _request.IsPlanned ? $": {sum}; {others} {(others == 1 ? "is" : "are")} not asked for"
            : others > 0 ? $": {sum}; of {others} no attempt to move them is known"
            : $": {sum}";
    }

    private Remedy Action(List<UserLicenseMove> known)
    {
        if (_request.IsPlanned)
        {
            return PlanAction(known);
        }

        if (TargetSubscriptionId is not { } target)
        {
            return Remedy.All([Remedies.SuspendForOtherReason(), .. ActionsWithoutTarget()]);
        }

        var location = LocationFor(known);
        var move = UserCommands.Move(_request.Customer, _subscription.Id, target, location);
        return Remedy.All(
        [
            .. known.GroupBy(user => user.Outcome).Select(cause => First(cause.Key)),
            known.Count == 0 ? null : Remedies.SeeUsers(_request.Customer),
            location is null ? null : Remedies.NameOtherLocation(),
            Remedies.Continue([.. MoreSeats(known, target), UserCommands.AndSuspend(move)]),
        ]);
    }

    private Remedy PlanAction(List<UserLicenseMove> known)
    {
        var missing = known.Count(user => user.Outcome == UserMoveOutcome.NoFreeSeat);
        var location = LocationFor(known);
        var sentences = new List<Remedy>();
        if (known.Count == 0 || _holders > known.Count)
        {
            sentences.Add(Remedies.MoveAllUsers());
        }

        if (location is not null)
        {
            sentences.Add(Remedies.PlanLocations());
        }

        if (missing > 0 && _request.SeatsToBuy is { } planned)
        {
            sentences.Add(Remedies.PlanSeats(UserCommands.PlanWithSeats(_request.Customer, _subscription.Id, planned + missing, location)));
        }
        else if (missing > 0)
        {
            sentences.Add(Remedies.AddSeats());
        }

        if (location is not null && (missing == 0 || _request.SeatsToBuy is null))
        {
            sentences.Add(Remedies.RepeatWithLocation());
        }

        return sentences.Count > 0 ? Remedy.All(sentences) : ErrorCatalog.HoldersRemain.Remedy;
    }

    // The migration's own line would end in NoTarget where the map does not have the product.
    private IEnumerable<Remedy> ActionsWithoutTarget()
    {
        return HasTargets
            ? [Remedies.MoveFirst(MigrationCommandRemedy.For(_request.Customer, [_subscription], _operation.Time.GetUtcNow()))]
            :
            [
                Remedies.NameTargetFirst(_subscription.OfferName),
                _operation.Journal.View.SourcesOf(_request.Customer, _subscription.Id).FirstOrNull() is { } source
                    ? Remedies.RollBackOwn(source.ToString(), UserCommands.RollBack(_request.Customer, source.ToSubscriptionId()))
                    : Remedies.SeeOffers(UserCommands.ListOffers(_request.Customer)),
            ];
    }

    private static Remedy? LocationFor(List<UserLicenseMove> known)
    {
        return known.Exists(user => user.Outcome == UserMoveOutcome.NoUsageLocation) ? UserCommands.WithLocation() : null;
    }

    private static Remedy? First(UserMoveOutcome outcome)
    {
        return outcome switch
        {
            UserMoveOutcome.GroupHeld => Remedies.ChangeGroupFirst(),
            UserMoveOutcome.NoFreeSeat => Remedies.PayForSeats(),
            UserMoveOutcome.ConflictingPlans => Remedies.SwitchPlansOffFirst(),
            _ => null,
        };
    }

    // A list that is late does not have the target yet: then the number of its seats is not known.
    private IEnumerable<Remedy> MoreSeats(List<UserLicenseMove> known, SubscriptionId target)
    {
        var missing = known.Count(user => user.Outcome == UserMoveOutcome.NoFreeSeat);
        return missing > 0 && _subscriptions.FirstOrDefault(subscription => subscription.Id.Is(target)) is { } current
            ? [UserCommands.SetSeats(_request.Customer, target, current.Quantity + missing)]
            : [];
    }
}
