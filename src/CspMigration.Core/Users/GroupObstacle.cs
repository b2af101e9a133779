using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Users;

/// <summary>Why the licenses of a group are not exchanged.</summary>
/// <param name="Problem">As a sentence.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record GroupObstacle(string Problem, Remedy Remedy)
{
    /// <summary>The same with users' ids in place of their names, for the journal.</summary>
    public string ProblemWithoutNames { get; init; } = Problem;

    /// <summary>The group, or its members, may not be read.</summary>
    public static GroupObstacle Unreadable => new("It cannot be read.", Remedies.GrantGroupRights());

    /// <summary>What the service refuses.</summary>
    /// <param name="refusal">Its refusal.</param>
    /// <param name="otherwise">What to do where no rights are missing.</param>
    public static GroupObstacle Of(CspMigrationException refusal, Remedy otherwise) => new(refusal.Problem, refusal.StatusCode == 403 ? Remedies.GrantGroupRights() : otherwise);
}
