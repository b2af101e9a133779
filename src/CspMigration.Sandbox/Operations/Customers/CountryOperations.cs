using System.Collections.Generic;
using CspMigration.Sandbox.Catalog;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Operations.Customers;

/// <summary>The address rules of a country.</summary>
internal static class CountryOperations
{
    public static IEnumerable<Route> Routes => [new("GET", "/v1/countryvalidationrules/{country}", Needs.None, Rules)];

    private static Answer Rules(Call call)
    {
        var code = call["country"];
        var country = CountryCatalog.Find(code) ?? throw Refusals.NoSuchCountry(code);
        var rules = new JObject
        {
            ["iso2Code"] = country.Code,
            ["defaultCulture"] = country.Cultures[0],
            ["isStateRequired"] = country.States.Count > 0,
            ["supportedStatesList"] = new JArray(country.States),
            ["supportedLanguagesList"] = new JArray(country.Languages),
            ["supportedCulturesList"] = new JArray(country.Cultures),
            ["isPostalCodeRequired"] = country.PostalCode != null,
        };
        rules.SetIfAny("postalCodeRegex", country.PostalCode);
        rules["isCityRequired"] = true;
        rules["isVatIdSupported"] = false;
        rules["phoneNumberRegex"] = "^[0-9()+ ./-]{3,20}$";
        rules["isTaxIdSupported"] = false;
        rules["isTaxIdOptional"] = true;
        rules["countryCallingCodesList"] = new JArray(country.CallingCode);
        rules["attributes"] = Json.Attributes("CountryInformation");
        return Answer.Ok(rules);
    }
}
