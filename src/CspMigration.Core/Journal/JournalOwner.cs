using CspMigration.Core.Journal.Entries;

namespace CspMigration.Core.Journal;

/// <summary>Whose journal entries are of. Of a file it is known once the entry is read that says so.</summary>
internal sealed class JournalOwner
{
    public JournalOwner(string? partnerTenantId = null) => PartnerTenantId = partnerTenantId ?? "";

    /// <summary>The partner's tenant id; empty while nothing has said it.</summary>
    public string PartnerTenantId { get; private set; }

    /// <summary>Takes over what an entry says. The first counts.</summary>
    public void Observe(JournalEntry entry)
    {
        if (PartnerTenantId.Length == 0 && entry is Opened { PartnerTenantId: { } partner })
        {
            PartnerTenantId = partner;
        }
    }
}
