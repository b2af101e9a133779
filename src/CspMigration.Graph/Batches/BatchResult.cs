using CspMigration.Contracts;
using CspMigration.PartnerCenter.Json;

namespace CspMigration.Graph.Batches;

/// <summary>How one request of a batch ended.</summary>
internal sealed class BatchResult
{
    /// <summary>The answer; null where there is none, or none was sent.</summary>
    public JsonMembers? Body { get; init; }

    /// <summary>Why it was not done, or why it is not known whether it was; null where it was done.</summary>
    public CspMigrationException? Error { get; init; }
}
