using System.Linq;
using System.Text.RegularExpressions;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Operations.Requests;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.State;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>Reads a customer's billing profile and checks its address by the country's rules.</summary>
internal static class ProfileReader
{
    private static readonly Regex Culture = new("^(?<language>[a-z]{2,3})(?<script>-[a-z]{4})?-(?<country>[a-z]{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static BillingProfile Read(JsonBody body) => new()
    {
        FirstName = body.NonEmptyText("firstName"),
        LastName = body.NonEmptyText("lastName"),
        Email = Required(body, "email"),
        Culture = ReadCulture(body),
        Language = Required(body, "language"),
        CompanyName = Required(body, "companyName"),
        Address = ReadAddress(body.Object("defaultAddress") ?? throw Refusals.InvalidProperty("defaultAddress", "it is missing.")),
    };

    private static Address ReadAddress(JsonBody body)
    {
        var country = CountryCatalog.Find(Countries.Read(body, "country")) ?? throw Refusals.InvalidProperty("country", "it is missing.");
        var state = body.NonEmptyText("state") ?? body.NonEmptyText("region");
        if (country.States.Count > 0 && !country.States.Contains(state, AnyCase.Comparer))
        {
            throw Refusals.InvalidProperty("state", $"{state ?? "nothing"} is not a state of {country.Code}: {string.Join(", ", country.States)}.");
        }

        var postalCode = body.NonEmptyText("postalCode");
        if (country.PostalCode is { } pattern && !Regex.IsMatch(postalCode ?? "", pattern, RegexOptions.CultureInvariant))
        {
            throw Refusals.InvalidProperty("postalCode", $"{postalCode ?? "nothing"} is not a postal code of {country.Code}.");
        }

        return new Address
        {
            Country = country.Code,
            Region = body.NonEmptyText("region"),
            City = Required(body, "city"),
            State = body.NonEmptyText("state"),
            AddressLine1 = Required(body, "addressLine1"),
            AddressLine2 = body.NonEmptyText("addressLine2"),
            PostalCode = postalCode,
            FirstName = Required(body, "firstName"),
            LastName = Required(body, "lastName"),
            PhoneNumber = body.NonEmptyText("phoneNumber"),
        };
    }

    private static string ReadCulture(JsonBody body)
    {
        var text = Required(body, "culture");
        var match = Culture.Match(text);
        return match.Success
            ? $"{match.Groups["language"].Value.ToLowerInvariant()}{match.Groups["script"].Value}-{match.Groups["country"].Value.ToUpperInvariant()}"
            : throw Refusals.InvalidProperty("culture", $"{text} is not a culture such as en-US.");
    }

    private static string Required(JsonBody body, string name) => body.NonEmptyText(name) ?? throw Refusals.InvalidProperty(name, "it is missing.");
}
