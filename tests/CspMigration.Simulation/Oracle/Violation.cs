namespace CspMigration.Simulation.Oracle;

/// <summary>Something that must never be, and was.</summary>
/// <param name="Kind">Its stable name, one of <see cref="Oracle.Kind"/>.</param>
/// <param name="Step">The step in which it showed, from 1; one more than there are for what is tried after the program.</param>
/// <param name="Detail">What happened, in words, with the world's names.</param>
/// <param name="Cause">What tells violations of one kind apart, such as the id of an error; empty where nothing does.</param>
internal sealed record Violation(string Kind, int Step, string Detail, string Cause = "")
{
    /// <summary>Kind and cause: two that share it are taken for one.</summary>
    public string Key => Cause.Length == 0 ? Kind : $"{Kind}/{Cause}";

    public override string ToString() => $"{Key} in step {Step}: {Detail}";
}
