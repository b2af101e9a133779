using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Contracts;
using CspMigration.Core.Users;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Licenses;

/// <summary>
/// Says whose turn it is. Users are tried in rounds, each pool as many as have yet to leave it: in the place of one who cannot be moved
/// comes another. Each is sent to a target with a seat: where sources of one SKU have several, by the seats of the sources.
/// </summary>
internal sealed class MoveQueue
{
    private readonly IReadOnlyList<SourcePool> _plans;
    private readonly IReadOnlyList<SubscribedSku> _skus;
    private readonly TargetSeats _seats;
    private readonly Dictionary<SourcePool, Queue<LicenseHolder>> _waiting;
    private readonly Dictionary<(SourcePool, SkuId), int> _shares = [];
    private readonly HashSet<LicenseHolder> _tried = [];
    private readonly IReadOnlyCollection<GroupId> _switched;

    /// <param name="plans">The pools.</param>
    /// <param name="seats">The free seats of the targets; they are taken here.</param>
    /// <param name="skus">The tenant's SKUs.</param>
    /// <param name="switched">The groups whose licenses were exchanged before: who left a pool with them has no turn.</param>
    public MoveQueue(IReadOnlyList<SourcePool> plans, TargetSeats seats, IReadOnlyList<SubscribedSku> skus, IReadOnlyCollection<GroupId> switched)
    {
        _switched = switched;
        _plans = plans;
        _seats = seats;
        _skus = skus;
        _waiting = plans.ToDictionary(plan => plan, plan => new Queue<LicenseHolder>(plan.Candidates.Where(holder => plan.ResultOf(holder) is null)));
        foreach (var plan in plans)
        {
            foreach (var skuId in plan.TargetSkuIds.Known())
            {
                _shares[(plan, skuId)] = plan.SeatsOf(skuId);
            }
        }
    }

    /// <summary>The moves of the next round, one a user; empty when there is no one left to try, or need to.</summary>
    public IReadOnlyList<UserMove> Next()
    {
        var next = new List<(LicenseHolder Holder, List<SourcePool> Plans)>();
        foreach (var plan in _plans)
        {
            plan.Arrived = _plans.Sum(other => other.CountMovedTo(plan.SourceSkuId));
            for (var missing = plan.MissingTries(); missing > 0 && _waiting[plan].Count > 0; missing--)
            {
                var holder = _waiting[plan].Dequeue();
                var known = next.FindIndex(other => other.Holder == holder);
                if (known < 0)
                {
                    next.Add((holder, [plan]));
                }
                else
                {
                    next[known].Plans.Add(plan);
                }
            }
        }

        // Who can go to one target only comes first: others find a seat elsewhere. Then whoever can be moved, as far as is known.
        var turns = next.OrderBy(turn => turn.Plans.Min(plan => plan.TargetSkuIds.Count)).Select(turn => new Turn(turn.Holder, turn.Plans, Exits(turn.Holder, turn.Plans))).ToList();
        var seated = turns.FindAll(turn => !turn.Exits.Exists(exit => exit.LacksSeat));
        if (seated.Count > 0)
        {
            // Someone before them may leave a seat free: those without one wait for how that ends.
            PutBack([.. turns.Where(turn => turn.Exits.Exists(exit => exit.LacksSeat))]);
            turns = seated;
        }

        return [.. turns
            .OrderBy(turn => turn.Holder.User.UserPrincipalName, StringComparer.OrdinalIgnoreCase)
            .Select(turn => UserMove.For(_tried.Add(turn.Holder) ? turn.Holder : turn.Holder.Changed(), turn.Exits, _skus, _switched))];
    }

    private void PutBack(List<Turn> turns)
    {
        turns.ForEach(turn => ReleaseSeats(turn.Holder, turn.Exits));
        foreach (var plan in turns.SelectMany(turn => turn.Plans).Distinct().ToList())
        {
            _waiting[plan] = new Queue<LicenseHolder>(turns.Where(turn => turn.Plans.Contains(plan)).Select(turn => turn.Holder).Concat(_waiting[plan]));
        }
    }

    private void ReleaseSeats(LicenseHolder holder, IEnumerable<PoolExit> exits)
    {
        foreach (var exit in exits.Where(exit => exit.TargetSkuId is { } skuId && !holder.Holds(skuId)).GroupBy(exit => exit.TargetSkuId!.Value).Select(same => same.First()))
        {
            _seats.Release(exit.TargetSkuId!.Value);
            _shares[(exit.Pool, exit.TargetSkuId!.Value)]++;
        }
    }

    /// <summary>Takes into account how a move ended.</summary>
    public void Record(UserMove move, UserMoveOutcome outcome, string? reason)
    {
        var isOfOne = move.Exits.Select(exit => exit.TargetSkuId).Distinct().Count() == 1;
        List<PoolExit> unused = [];
        foreach (var exit in move.Exits)
        {
            // Which of several lacked a seat, the service does not say; by the count it was none that has some left.
            var isSeatMissing = outcome == UserMoveOutcome.NoFreeSeat && (isOfOne || exit.TargetSkuId is not { } skuId || !_seats.HadSeat(skuId));
            exit.Pool.Record(move.Holder, new MoveResult(exit.TargetSkuId, outcome, reason, move.Transfer) { IsSeatMissing = isSeatMissing });
            if (!isSeatMissing && outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved))
            {
                unused.Add(exit);
            }
        }

        // Who was not moved needs no seat.
        ReleaseSeats(move.Holder, unused);
    }

    private List<PoolExit> Exits(LicenseHolder holder, List<SourcePool> plans)
    {
        var exits = new List<PoolExit>();
        foreach (var plan in plans)
        {
            exits.Add(plan.TargetSkuIds.Contains(null) ? new PoolExit(plan, TargetSkuId: null) : ChooseTarget(plan, holder, exits));
        }

        return exits;
    }

    private PoolExit ChooseTarget(SourcePool plan, LicenseHolder holder, List<PoolExit> others)
    {
        // One license of a target serves for all the sources that the user leaves.
        var targets = plan.TargetSkuIds.Known().ToList();
        if (targets.FirstOrNull(target => holder.Holds(target) || others.Exists(other => other.TargetSkuId.Is(target))) is { } held)
        {
            return new PoolExit(plan, held);
        }

        var skuId = targets.FirstOrNull(target => _shares[(plan, target)] > 0 && _seats.HasUnreserved(target)) ?? targets.FirstOrNull(_seats.HasUnreserved)
            ?? targets.FirstOrNull(target => _shares[(plan, target)] > 0 && _seats.HasFree(target)) ?? targets.FirstOrNull(_seats.HasFree) ?? targets[0];
        var lacksSeat = _seats.IsWithheld(skuId);
        _shares[(plan, skuId)]--;
        _seats.Reserve(skuId);
        return new PoolExit(plan, skuId, lacksSeat);
    }

    // Whose turn it is, which pools they leave, and where to.
    private sealed record Turn(LicenseHolder Holder, List<SourcePool> Plans, List<PoolExit> Exits);
}
