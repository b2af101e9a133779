using CspMigration.Core.Customers;
using CspMigration.Core.Purchases;
using CspMigration.Core.Sessions;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Planning;

/// <summary>What all parts of one planning share: the customer, as far as it has been read, and what the user asked for.</summary>
internal sealed class PlanningContext
{
    public PlanningContext(MigrationOperation operation, CustomerView view, PurchaseOptions options)
    {
        Operation = operation;
        View = view;
        Options = options;
    }

    public MigrationOperation Operation { get; }

    public CustomerView View { get; }

    public PurchaseOptions Options { get; }

    /// <summary>The customer; null while it has not been read.</summary>
    public Customer? Customer { get; set; }

    /// <summary>The customer's name; null while it has not been read.</summary>
    public string? CustomerName => Customer?.CompanyName;

    /// <summary>The country whose catalog counts; empty while the customer has not been read.</summary>
    public string Country { get; set; } = "";
}
