namespace CspMigration.Sandbox.State;

/// <summary>A person at a customer.</summary>
internal sealed record Contact
{
    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Email { get; init; } = "";

    public string? PhoneNumber { get; init; }
}
