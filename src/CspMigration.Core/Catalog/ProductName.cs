using System;

namespace CspMigration.Core.Catalog;

/// <summary>A product's name, which documents write with or without the vendor's.</summary>
internal static class ProductName
{
    private const string Vendor = "Microsoft ";

    /// <summary>The name without spaces around it and without "Microsoft" before it.</summary>
    public static string WithoutVendor(string name)
    {
        var trimmed = name.Trim();
        return trimmed.StartsWith(Vendor, StringComparison.OrdinalIgnoreCase) ? trimmed.Substring(Vendor.Length).TrimStart() : trimmed;
    }

    /// <summary>Whether two names are of one product.</summary>
    public static bool AreSame(string one, string other) => string.Equals(WithoutVendor(one), WithoutVendor(other), StringComparison.OrdinalIgnoreCase);
}
