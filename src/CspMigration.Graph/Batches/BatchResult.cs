using CspMigration.Contracts;
using Newtonsoft.Json.Linq;

namespace CspMigration.Graph.Batches;

/// <summary>How one request of a batch ended.</summary>
internal sealed class BatchResult
{
    /// <summary>The answer; null where there is none, or none was sent.</summary>
    public JObject? Body { get; init; }

    /// <summary>Why it was not done, or why it is not known whether it was; null where it was done.</summary>
    public CspMigrationException? Error { get; init; }
}
