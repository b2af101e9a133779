using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Sessions;
using CspMigration.Core.Threading;

namespace CspMigration.Core.Users;

/// <summary>
/// Assigns directly what a group could not assign to some of its members, who have nothing from it by then: the license that takes the place
/// of the former one, or else that again, and what else the group assigns (docs/rules.md, rule 31).
/// </summary>
internal sealed class DirectLicenseAssigner
{
    private readonly MigrationOperation _operation;
    private readonly ILicenseService _service;
    private readonly UserLicenseUpdater _updater;

    /// <param name="operation">Whose work it is.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="service">The service for the customer's licenses.</param>
    public DirectLicenseAssigner(MigrationOperation operation, CustomerId customerId, ILicenseService service)
    {
        _operation = operation;
        _service = service;
        _updater = new UserLicenseUpdater(operation, customerId, service, usageLocation: null);
    }

    /// <summary>Assigns the licenses, with a warning for each member.</summary>
    /// <param name="exchange">The exchange that the group has made.</param>
    /// <param name="members">Members who have followed it.</param>
    /// <param name="ends">How it ended for each who had lost a license; those who are in it already are not tried again.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task AssignAsync(GroupExchange exchange, IReadOnlyList<LicenseHolder> members, IDictionary<UserId, DirectAssignment> ends, CancellationToken cancellationToken)
    {
        foreach (var batch in Batches.Of([.. members.Where(member => exchange.HasLost(member) && !ends.ContainsKey(member.User.Id))], _service.BatchSize))
        {
            // First what was never to change: the entry about the exchange is then the last that the journal has of the user.
            var others = await UpdateAsync(batch, Others, cancellationToken).ConfigureAwait(false);
            var assigned = await UpdateAsync(batch, Assigned, cancellationToken).ConfigureAwait(false);
            var former = await UpdateAsync([.. batch.Where(member => IsMissing(assigned, member))], Former, cancellationToken).ConfigureAwait(false);
            foreach (var member in batch)
            {
                var end = EndOf(exchange, member, assigned, former);
                if (IsMissing(others, member))
                {
                    end = end with { Reason = $"{end.Reason} Another license of the group is missing: {others[member.User.Id].Reason}", LacksLicense = true };
                }

                ends[member.User.Id] = end;
                _operation.Observer.Warning($"{member.User.Name}: {end.Reason}");
                if (end.Outcome != UserMoveOutcome.Moved && !exchange.IsBack)
                {
                    await _updater.RecordAsync(Assigned(member), end.Outcome, end.Reason, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        LicenseUpdate Others(LicenseHolder member) => Direct(member, exchange.Others.Where(skuId => exchange.HasLost(member, skuId)), isBack: true);

        LicenseUpdate Assigned(LicenseHolder member) => Direct(member, Lost(member).Select(skus => skus.Value), exchange.IsBack);

        LicenseUpdate Former(LicenseHolder member) => Direct(member, Lost(member).Select(skus => skus.Key), !exchange.IsBack);

        IEnumerable<KeyValuePair<SkuId, SkuId>> Lost(LicenseHolder member) => exchange.Skus.Where(skus => exchange.HasLost(member, skus));

        LicenseUpdate Direct(LicenseHolder member, IEnumerable<SkuId> skuIds, bool isBack) => new()
        {
            Holder = member,
            Assign = [.. skuIds.Distinct().Select(skuId => new KeyValuePair<SkuId, IReadOnlyList<ServicePlanId>>(skuId, exchange.SwitchedOffIn(skuId)))],
            Remove = [],
            Sources = exchange.Sources,
            SwitchedOff = isBack ? [] : [.. BySource().Values.SelectMany(plans => plans).Distinct()],
            SwitchedOffBySku = isBack ? null : BySource(),
            IsBack = isBack,
        };

        // What was off before the migration: a rollback switches it off again.
        Dictionary<SkuId, IReadOnlyList<ServicePlanId>> BySource()
        {
            return exchange.Skus.Select(skus => exchange.IsBack ? skus.Value : skus.Key).Distinct().ToDictionary(skuId => skuId, exchange.SwitchedOffIn);
        }
    }

    private static DirectAssignment EndOf(
        GroupExchange exchange,
        LicenseHolder member,
        Dictionary<UserId, (UserMoveOutcome Outcome, string? Reason)> assigned,
        Dictionary<UserId, (UserMoveOutcome Outcome, string? Reason)> former)
    {
        var error = member.ErrorOf(exchange.GroupId);
        List<SkuId> lost = [.. exchange.Skus.Where(skus => exchange.HasLost(member, skus)).Select(skus => skus.Key)];
        if (!IsMissing(assigned, member))
        {
            return new DirectAssignment(lost, UserMoveOutcome.Moved, LicenseRefusal.OfGroupError(error, exchange.IsBack), LacksLicense: false);
        }

        var (outcome, reason) = assigned[member.User.Id];
        return IsMissing(former, member)
            ? new DirectAssignment(lost, UserMoveOutcome.Failed, $"The user has neither license: {reason} {former[member.User.Id].Reason}", LacksLicense: true)
            : new DirectAssignment(lost, outcome, LicenseRefusal.OfGroupError(error, exchange.IsBack, reason ?? ""), LacksLicense: false);
    }

    private static bool IsMissing(Dictionary<UserId, (UserMoveOutcome Outcome, string? Reason)> ends, LicenseHolder member)
    {
        return ends.TryGetValue(member.User.Id, out var end) && end.Outcome is not (UserMoveOutcome.Moved or UserMoveOutcome.AlreadyMoved);
    }

    private async Task<Dictionary<UserId, (UserMoveOutcome Outcome, string? Reason)>> UpdateAsync(IReadOnlyList<LicenseHolder> members, Func<LicenseHolder, LicenseUpdate> updateOf, CancellationToken cancellationToken)
    {
        var updates = members.Select(updateOf).Where(update => update.Assign.Count > 0).ToList();
        var ends = await _updater.UpdateAsync(updates, cancellationToken).ConfigureAwait(false);
        return updates.Zip(ends, (update, end) => (update.Holder.User.Id, End: end)).ToDictionary(pair => pair.Id, pair => pair.End);
    }
}
