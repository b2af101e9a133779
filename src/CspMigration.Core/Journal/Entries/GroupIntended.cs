using System;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A group's licenses are about to be exchanged.</summary>
internal sealed record GroupIntended : GroupEntry
{
    /// <summary>The exchange is made, or definitely not.</summary>
    public GroupSettled Settled(DateTimeOffset at, bool done, string? reason) => new()
    {
        At = at,
        CustomerId = CustomerId,
        Sources = Sources,
        GroupId = GroupId,
        Direction = Direction,
        FromSkuIds = FromSkuIds,
        ToSkuIds = ToSkuIds,
        SwitchedOffPlansBySku = SwitchedOffPlansBySku,
        PlansSetOffBySku = PlansSetOffBySku,
        UserIds = UserIds,
        Done = done,
        Reason = reason,
    };
}
