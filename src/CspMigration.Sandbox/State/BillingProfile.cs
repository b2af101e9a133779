namespace CspMigration.Sandbox.State;

/// <summary>The billing profile of a customer, which is always replaced as a whole.</summary>
internal sealed record BillingProfile
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string Email { get; init; } = "";

    public string Culture { get; init; } = "en-US";

    public string Language { get; init; } = "en";

    public string CompanyName { get; init; } = "";

    public Address Address { get; init; } = new();

    /// <summary>The number of replacements, for the etag.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The profile of a scenario's customer, made from its name and country.</summary>
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
