using System;
using System.Collections.Generic;
using System.Linq;

namespace CspMigration.Sandbox.State;

/// <summary>The audit records, in chronological order.</summary>
internal sealed class AuditLog
{
    private readonly List<AuditRecord> _records = [];

    public void Add(AuditRecord record)
    {
        lock (_records)
        {
            _records.Add(record);
        }
    }

    public IReadOnlyList<AuditRecord> Between(DateTimeOffset start, DateTimeOffset end)
    {
        lock (_records)
        {
            return _records.Where(record => record.Date >= start && record.Date < end).ToList();
        }
    }
}
