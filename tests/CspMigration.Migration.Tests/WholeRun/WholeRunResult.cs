using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Migration.Tests.WholeRun;

/// <summary>What one whole run gave.</summary>
internal sealed class WholeRunResult
{
    public List<SubscriptionMigration> Migrations { get; } = [];

    public List<(ExpiringSubscription Row, CspMigrationException Error)> Failures { get; } = [];
}
