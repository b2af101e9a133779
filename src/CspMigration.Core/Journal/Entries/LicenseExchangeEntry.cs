using System.Collections.Generic;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about licenses that are removed and others that are assigned: of one user, or of a group.</summary>
internal abstract record LicenseExchangeEntry : MigrationEntry
{
    /// <summary>Whether the users are moved to the target or, in a rollback, back.</summary>
    [JsonProperty("way", Order = AtFirst + 5)]
    public MoveDirection? Direction { get; init; }

    /// <summary>The directory SKUs that are removed.</summary>
    [JsonProperty("fromSkus", Order = AtFirst + 6)]
    [JsonConverter(typeof(IdListConverter<SkuId>))]
    public IReadOnlyList<SkuId> FromSkuIds { get; init; } = [];

    /// <summary>The directory SKUs that are assigned in their place; those that were assigned before are not among them.</summary>
    [JsonProperty("toSkus", Order = AtFirst + 7)]
    [JsonConverter(typeof(IdListConverter<SkuId>))]
    public IReadOnlyList<SkuId> ToSkuIds { get; init; } = [];

    /// <summary>Whether it takes an earlier exchange back.</summary>
    public bool IsBack => Direction == MoveDirection.Back;
}
