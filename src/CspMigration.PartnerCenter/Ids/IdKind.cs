namespace CspMigration.PartnerCenter.Ids;

/// <summary>What an <see cref="Id{TKind}"/> is the id of.</summary>
internal static class IdKind
{
    internal readonly struct Subscription;
}
