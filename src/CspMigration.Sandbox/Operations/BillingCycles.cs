namespace CspMigration.Sandbox.Operations;

/// <summary>Billing cycles as clients send them back.</summary>
internal static class BillingCycles
{
    /// <summary>The cycle asked for where it is another; the empty words of clients that do not know it ask for none.</summary>
    public static string? Changed(string? wanted, string current) =>
        wanted == null || Same.Text(wanted, "none") || Same.Text(wanted, "unknown") || Same.Text(wanted, current) ? null : wanted;
}
