namespace CspMigration.Sandbox.Catalog;

/// <summary>A term and its billing cycle.</summary>
internal sealed class ProductTerm
{
    public ProductTerm(string duration, string billingCycle)
    {
        Duration = duration;
        BillingCycle = billingCycle;
    }

    /// <summary>An ISO 8601 period.</summary>
    public string Duration { get; }

    public string BillingCycle { get; }
}
