using System;
using System.Collections.Generic;
using CspMigration.Contracts;

namespace CspMigration.Core.Users;

/// <summary>How licenses are to be moved.</summary>
public sealed class LicenseMoveOptions
{
    internal static readonly TimeSpan DefaultProvisioningTimeout = TimeSpan.FromMinutes(60);

    /// <summary>Only these users, by sign-in name or object id (wildcards allowed); empty for all.</summary>
    public IReadOnlyList<string> Users { get; set; } = [];

    /// <summary>
    /// The usage location to give to users who have none, ISO 3166 two letters, or <see cref="CustomerCountry"/>; null
    /// to leave them as they are.
    /// </summary>
    public string? UsageLocation { get; set; }

    /// <summary>What is done about licenses that users have from a group.</summary>
    public GroupLicenseChoice GroupLicense { get; set; }

    /// <summary>How long to wait for the target's seats, and for the members of a group to follow it.</summary>
    public TimeSpan ProvisioningTimeout { get; set; } = DefaultProvisioningTimeout;

    /// <summary>
    /// How many users are worked on at once, for each customer. Some of them wait for the journal, so that it takes more
    /// than there are calls under way.
    /// </summary>
    public int UsersAtOnce { get; set; } = 64;

    /// <summary>How many customers are worked on at once.</summary>
    public int CustomersAtOnce { get; set; } = 8;

    /// <summary>For <see cref="UsageLocation"/>: the customer's own country.</summary>
    public static string CustomerCountry => "Customer";
}
