using CspMigration.Contracts;

namespace CspMigration.Core.Customers;

/// <summary>What the user should know before an source is ended.</summary>
/// <param name="Problem">What it costs.</param>
/// <param name="Remedy">What prevents it.</param>
internal sealed record EndingWarning(string Problem, Remedy Remedy)
{
    /// <summary>Both, in a line.</summary>
    public override string ToString() => $"{Problem} {Remedy}";
}
