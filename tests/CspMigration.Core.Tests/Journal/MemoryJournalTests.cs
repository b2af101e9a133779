using System;
using System.Threading.Tasks;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class MemoryJournalTests
{
    [Fact]
    public async Task It_has_no_file_and_remembers_what_is_appended()
    {
        var journal = new MemoryJournal();
        var entry = new PurchaseIntended { RequestId = Guid.NewGuid(), CustomerId = CustomerId.From("c1"), Sources = [SourceKey.From("s1")] };

        await journal.AppendAsync(entry, default);

        Assert.Null(journal.Path);
        Assert.Same(entry, journal.View.OpenPurchase(CustomerId.From("c1"), SourceKey.From("s1"))?.Intent);
        Assert.Equal([entry], journal.ReadAll());
    }
}
