using System;
using CspMigration.Contracts;

namespace CspMigration.Benchmarks;

/// <summary>A migration with the module.</summary>
/// <param name="Time">How long it took, from discovery to suspension.</param>
/// <param name="Calls">How many calls it made, without those for the sign-in.</param>
/// <param name="Source">What was migrated.</param>
/// <param name="Target">What was bought.</param>
internal sealed record OwnMigration(TimeSpan Time, int Calls, ExpiringSubscription Source, TargetSubscription Target);
