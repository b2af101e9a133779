namespace CspMigration.Sandbox.State;

/// <summary>The two kinds of commerce, which differ in catalog, ordering and lifecycle.</summary>
internal enum Commerce
{
    Legacy,
    New,
}
