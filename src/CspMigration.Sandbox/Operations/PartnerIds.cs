using System.Linq;
using CspMigration.Sandbox.Errors;

namespace CspMigration.Sandbox.Operations;

/// <summary>The partner ids of resellers of record: digits, as many as such ids have.</summary>
internal static class PartnerIds
{
    private const int Shortest = 5;
    private const int Longest = 10;

    public static bool IsValid(string partnerId) =>
        partnerId.Length is >= Shortest and <= Longest && partnerId.All(character => character is >= '0' and <= '9');

    public static void Check(string partnerId)
    {
        if (!IsValid(partnerId))
        {
            throw Refuse.InvalidPartnerId(partnerId);
        }
    }
}
