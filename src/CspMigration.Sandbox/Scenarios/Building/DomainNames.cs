using System.Linq;

namespace CspMigration.Sandbox.Scenarios.Building;

/// <summary>The domain of a company.</summary>
internal static class DomainNames
{
    public static string Of(string companyName) =>
        new string(companyName.Where(char.IsLetterOrDigit).ToArray()).ToLowerInvariant() + ".onmicrosoft.com";
}
