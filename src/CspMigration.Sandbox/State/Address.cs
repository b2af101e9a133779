namespace CspMigration.Sandbox.State;

/// <summary>The address of a customer, with its contact.</summary>
internal sealed record Address
{
    /// <summary>Two letters.</summary>
    public string Country { get; init; } = "";

    public string? Region { get; init; }

    public string City { get; init; } = "";

    public string? State { get; init; }

    public string AddressLine1 { get; init; } = "";

    public string? AddressLine2 { get; init; }

    public string? PostalCode { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string? PhoneNumber { get; init; }
}
