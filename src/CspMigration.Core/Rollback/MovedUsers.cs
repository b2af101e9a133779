using System.Collections.Generic;
using System.Linq;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Rollback;

/// <summary>Whose licenses were moved away from a source, by the journal, and what was switched off before.</summary>
internal sealed class MovedUsers
{
    private readonly SourceRecord? _record;

    /// <param name="record">What the journal says of the source; null where it says nothing.</param>
    public MovedUsers(SourceRecord? record) => _record = record;

    // An update that was sent and never answered counts: whether it was carried out, the licenses show.
    public IReadOnlyCollection<UserId> UserIds => [.. Sent.Select(user => user.Key)];

    /// <summary>The directory SKU that they were moved to; null where the journal has none, or several.</summary>
    public SkuId? TargetSkuId
    {
        get
        {
            var skuIds = Sent.SelectMany(user => user.Value.Last!.ToSkuIds).Concat(Groups.SelectMany(group => group.ToSkuIds)).Distinct().Take(2).ToList();
            return skuIds.Count == 1 ? skuIds[0] : null;
        }
    }

    /// <summary>The groups whose licenses were exchanged, or may have been.</summary>
    public IReadOnlyList<GroupEntry> Groups => _record is null ? [] : [.. _record.Groups];

    private IEnumerable<KeyValuePair<UserId, UserRecord>> Sent => _record?.Users.Where(user => user.Value.IsSent) ?? [];

    /// <summary>The move of a user; null where the journal has none.</summary>
    public LicenseEntry? Of(UserId userId) => _record?.User(userId) is { IsSent: true, Last: { } entry } ? entry : null;
}
