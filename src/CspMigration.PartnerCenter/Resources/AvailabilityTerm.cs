namespace CspMigration.PartnerCenter.Resources;

/// <summary>A term and the billing cycle it is sold with.</summary>
internal sealed class AvailabilityTerm
{
    public AvailabilityTerm(string duration, string billingCycle)
    {
        Duration = duration;
        BillingCycle = billingCycle;
    }

    /// <summary>ISO 8601: <c>P1M</c>, <c>P1Y</c>, <c>P3Y</c>.</summary>
    public string Duration { get; }

    public string BillingCycle { get; }
}
