using System;
using System.Collections.Generic;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about the move of one user's license.</summary>
internal abstract record LicenseEntry : LicenseExchangeEntry
{
    /// <summary>The idempotency key of the update.</summary>
    [JsonProperty("request", Order = AtFirst + 3)]
    public Guid? RequestId { get; init; }

    /// <summary>The user's object id; null only where the line was changed by hand.</summary>
    [JsonProperty("user", Order = AtFirst + 4)]
    public UserId? UserId { get; init; }

    /// <summary>The service plans that were switched off in the license that is removed; of several licenses, those that were on in none.</summary>
    [JsonProperty("plansOff")]
    [JsonConverter(typeof(IdListConverter<ServicePlanId>))]
    public IReadOnlyList<ServicePlanId>? SwitchedOffPlans { get; init; }

    /// <summary>The service plans that were switched off in each of several licenses that are removed, by directory SKU; absent for one.</summary>
    [JsonProperty("plansOffBySku")]
    public IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>? SwitchedOffPlansBySku { get; init; }
}
