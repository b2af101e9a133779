namespace CspMigration.Sandbox.State;

/// <summary>Whom a customer's bills are for. It is replaced as a whole.</summary>
internal sealed record BillingProfile
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string Email { get; init; } = "";

    public string Culture { get; init; } = "en-US";

    public string Language { get; init; } = "en";

    public string CompanyName { get; init; } = "";

    public Address Address { get; init; } = new();

    /// <summary>Counts the replacements; an etag names one version.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What a scenario's customers have, of whom only name and country matter.</summary>
    public static BillingProfile Of(Customer customer) => new()
    {
        FirstName = "Alex",
        LastName = "Rowan",
        Email = "admin@" + customer.Domain,
        CompanyName = customer.CompanyName,
        Address = new Address
        {
            Country = customer.Country,
            City = "Springfield",
            State = "WA",
            AddressLine1 = "1 Sandbox Street",
            PostalCode = "98000",
            FirstName = "Alex",
            LastName = "Rowan",
            PhoneNumber = "5550100",
        },
    };
}
