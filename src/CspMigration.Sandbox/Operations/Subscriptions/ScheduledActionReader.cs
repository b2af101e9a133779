using System.Linq;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Subscriptions;

/// <summary>
/// Reads what a PATCH schedules for the end of the term: <c>scheduledActions</c> or, in the older form,
/// <c>scheduledNextTermInstructions</c>. A body with neither removes the schedule.
/// </summary>
internal sealed class ScheduledActionReader
{
    private const string Actions = "scheduledActions";
    private const string Instructions = "scheduledNextTermInstructions";

    private readonly Call _call;
    private readonly Subscription _subscription;
    private readonly SubscriptionChange _change;

    private ScheduledActionReader(Call call, Subscription subscription, SubscriptionChange change)
    {
        _call = call;
        _subscription = subscription;
        _change = change;
    }

    /// <summary>The scheduled action; null if auto-renew alone decides.</summary>
    /// <exception cref="ServiceException">It is not possible.</exception>
    public static ScheduledAction? Read(Call call, Subscription subscription, SubscriptionChange change) =>
        new ScheduledActionReader(call, subscription, change).Read();

    private ScheduledAction? Read()
    {
        var former = _subscription.Scheduled;
        var wanted = ReadActions();
        if (wanted == null || IsGone(wanted))
        {
            wanted = _call.Body.Object(Instructions) is { } instructions ? new(ScheduledActionType.RenewToNewTerm, ReadTerm(instructions)) : null;
        }

        if (wanted == null || IsGone(wanted))
        {
            return null;
        }

        if (wanted != former)
        {
            Check(wanted);
        }

        return wanted;
    }

    // Clients send back the scheduled action. A change of seats or renewal, or a suspension, removes it:
    // https://learn.microsoft.com/partner-center/developer/create-scheduled-changes.
    private bool IsGone(ScheduledAction wanted) => wanted == _subscription.Scheduled
        && (_change.Quantity != null || wanted.NeedsAutoRenew != _change.AutoRenew || _change.Status is not (null or SubscriptionStatus.Active));

    private ScheduledAction? ReadActions()
    {
        var actions = _call.Body.ObjectsOrObject(Actions);
        if (actions.Count > 1)
        {
            throw Refusals.InvalidProperty(Actions, "only one can be scheduled.");
        }

        var action = actions.Select(Read).FirstOrDefault();
        if (action == null || action == _subscription.Scheduled)
        {
            return action;
        }

        return _call.World.EndOfTerm == EndOfTermPolicy.Refuse ? throw Refusals.InvalidProperty(Actions, "it cannot be set.")
            : _call.DropsSchedules ? null
            : action;
    }

    // The documentation and a public client have different names for this member.
    private ScheduledAction Read(JsonBody action)
    {
        var schedule = action.Word("scheduleType", Words.ScheduleTypes) ?? action.Word("scheduledType", Words.ScheduleTypes)
            ?? throw Refusals.InvalidProperty(Actions, "one has no scheduleType.");
        var type = action.Word("actionType", Words.ScheduledActionTypes) ?? throw Refusals.InvalidProperty(Actions, "one has no actionType.");
        if (schedule != Words.TermEnd || !System.Enum.TryParse<ScheduledActionType>(type, out var known))
        {
            throw Refusals.NotModeled($"scheduled actions of the kind {schedule} {type}");
        }

        if (known != ScheduledActionType.RenewToNewTerm)
        {
            return new ScheduledAction(known);
        }

        return new ScheduledAction(known, ReadTerm(action.Object("instructions") ?? throw Refusals.InvalidProperty(Actions, "RenewToNewTerm has no instructions.")));
    }

    private NextTerm ReadTerm(JsonBody instructions) => new NextTermReader(_call, _subscription).Read(instructions);

    private void Check(ScheduledAction wanted)
    {
        if (wanted.NeedsAutoRenew != _change.AutoRenew)
        {
            throw Refusals.InvalidProperty(Actions, wanted.NeedsAutoRenew
                ? "a new term needs a subscription that renews: autoRenewEnabled is false."
                : $"{wanted.Type} needs a subscription that does not renew: autoRenewEnabled is true.");
        }

        if ((_change.Status ?? _subscription.Status) != SubscriptionStatus.Active)
        {
            throw Refusals.InvalidProperty(Actions, "the subscription is not active.");
        }

        if (wanted.Type == ScheduledActionType.RenewToExtendedServiceTerm && !ExtendedService.AppliesTo(_subscription))
        {
            throw Refusals.InvalidProperty(Actions, "the subscription cannot be extended: it was purchased or ends too early, or it is a trial.");
        }
    }
}
