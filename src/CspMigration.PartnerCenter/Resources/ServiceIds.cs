using System;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>Ids as the service has them: it does not keep to one casing.</summary>
internal static class ServiceIds
{
    /// <summary>Whether two ids are the same; what is not known is the same as nothing.</summary>
    public static bool Same(string? one, string? other)
    {
        return one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
