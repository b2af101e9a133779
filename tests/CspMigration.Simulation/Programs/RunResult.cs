using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Oracle;

namespace CspMigration.Simulation.Programs;

/// <summary>How a program ended.</summary>
/// <param name="Violations">What was wrong, in the order in which it showed. The program ends with the step that has one.</param>
/// <param name="Trace">Every request with its answer, where it was asked for.</param>
/// <param name="Requests">How many requests the operators sent.</param>
internal sealed record RunResult(IReadOnlyList<Violation> Violations, IReadOnlyList<string> Trace, int Requests)
{
    public bool Has(string kind) => Violations.Any(violation => violation.Kind == kind);
}
