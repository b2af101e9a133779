using System;

namespace CspMigration.Sandbox.State;

/// <summary>One change of a customer's resource.</summary>
internal sealed class AuditRecord
{
    public AuditRecord(Customer customer, string operation, string resourceType, string resourceId, DateTimeOffset date)
    {
        Customer = customer;
        Operation = operation;
        ResourceType = resourceType;
        ResourceId = resourceId;
        Date = date;
    }

    public Customer Customer { get; }

    public string Operation { get; }

    public string ResourceType { get; }

    public string ResourceId { get; }

    public DateTimeOffset Date { get; }
}
