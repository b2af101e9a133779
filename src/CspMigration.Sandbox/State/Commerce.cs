namespace CspMigration.Sandbox.State;

/// <summary>The two ways of selling, which differ in catalog, ordering and lifecycle.</summary>
internal enum Commerce
{
    Legacy,
    New,
}
