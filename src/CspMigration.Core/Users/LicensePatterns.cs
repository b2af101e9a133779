using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CspMigration.PartnerCenter.Resources;

namespace CspMigration.Core.Users;

/// <summary>
/// The different licenses that users of a tenant hold. Thousands of users hold the same few SKUs with the same service plans
/// switched off: each is kept once, whatever the number of its holders. Safe for several threads.
/// </summary>
internal sealed class LicensePatterns
{
    private readonly ConcurrentDictionary<UserLicense, UserLicense> _known = new(Comparer.Instance);

    /// <summary>The same licenses as objects that users share.</summary>
    public IReadOnlyList<UserLicense> Share(IReadOnlyList<UserLicense> licenses)
    {
        return licenses.Count == 0 ? [] : licenses.Select(license => _known.GetOrAdd(license, license)).ToArray();
    }

    // Alike is what nothing tells apart: to the casing of ids the service does not keep.
    private sealed class Comparer : IEqualityComparer<UserLicense>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(UserLicense one, UserLicense other)
        {
            if (ReferenceEquals(one, other))
            {
                return true;
            }

            if (one.SkuId?.ToString() != other.SkuId?.ToString() || one.ServicePlans.Count != other.ServicePlans.Count)
            {
                return false;
            }

            for (var index = 0; index < one.ServicePlans.Count; index++)
            {
                if (!AreAlike(one.ServicePlans[index], other.ServicePlans[index]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(UserLicense license)
        {
            var hash = HashOf(license.SkuId?.ToString());
            foreach (var plan in license.ServicePlans)
            {
                hash = unchecked((hash * 397) ^ HashOf(plan.Id?.ToString()) ^ (plan.IsSwitchedOff ? 1 : 0));
            }

            return hash;
        }

        private static bool AreAlike(ServicePlan one, ServicePlan other)
        {
            return one.IsSwitchedOff == other.IsSwitchedOff && one.Id?.ToString() == other.Id?.ToString() && one.ServiceName == other.ServiceName && one.DisplayName == other.DisplayName;
        }

        private static int HashOf(string? text) => text is null ? 0 : StringComparer.Ordinal.GetHashCode(text);
    }
}
