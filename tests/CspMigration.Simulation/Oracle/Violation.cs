namespace CspMigration.Simulation.Oracle;

/// <summary>Something that must never be, and was.</summary>
/// <param name="Kind">Its stable name, one of <see cref="Oracle.Kind"/>.</param>
/// <param name="Step">The step in which it showed, from 1; one more than there are for what is tried after the program.</param>
/// <param name="Detail">What happened, in words, with the world's names.</param>
internal sealed record Violation(string Kind, int Step, string Detail)
{
    public override string ToString() => $"{Kind} in step {Step}: {Detail}";
}
