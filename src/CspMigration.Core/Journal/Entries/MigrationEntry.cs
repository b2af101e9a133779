using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;

namespace CspMigration.Core.Journal.Entries;

/// <summary>A line about the migration of sources.</summary>
internal abstract record MigrationEntry : CustomerEntry
{
    /// <summary>What the sources are known by: their subscriptions, or the directory SKU of another channel's units; empty for a purchase without a source.</summary>
    [JsonProperty("sources", Order = AtFirst + 2)]
    [JsonConverter(typeof(IdListConverter<SourceKey>))]
    public IReadOnlyList<SourceKey> Sources { get; init; } = [];

    /// <summary>Whether it is about a source.</summary>
    public bool IsAbout(SourceKey source) => Sources.Contains(source);
}
