using System.Collections.Generic;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about the exchange of a group's licenses.</summary>
internal abstract record GroupEntry : LicenseExchangeEntry
{
    /// <summary>The group's object id; null only where the line was changed by hand.</summary>
    [JsonProperty("group", Order = AtFirst + 3)]
    public GroupId? GroupId { get; init; }

    /// <summary>The service plans that were switched off in what is removed, by directory SKU.</summary>
    [JsonProperty("plansOffBySku")]
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? SwitchedOffPlansBySku { get; init; }

    /// <summary>The service plans that are switched off in what is assigned, by directory SKU.</summary>
    [JsonProperty("plansSetOffBySku")]
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? PlansSetOffBySku { get; init; }

    /// <summary>The members who had the license from the group; once it is exchanged, the users who were moved with it. Null where the line was changed by hand.</summary>
    [JsonProperty("users")]
    [JsonConverter(typeof(IdListConverter<UserId>))]
    public IReadOnlyList<UserId>? UserIds { get; init; }
}
