using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Core.Catalog;
using CspMigration.Core.Tests.Support;
using CspMigration.TestSupport;
using Xunit;

namespace CspMigration.Core.Tests.Catalog;

public sealed class OfferCatalogTests
{
    [Fact]
    public async Task A_countrys_catalogue_is_read_once()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, _ => ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Offer)));
        using var service = new ScriptedService(clock, handler);
        var catalog = new OfferCatalog();

        var offers = await catalog.ListLegacyAsync(service.Client, "DE", CancellationToken.None);
        _ = await catalog.ListLegacyAsync(service.Client, "de", CancellationToken.None);
        _ = await catalog.ListLegacyAsync(service.Client, "AT", CancellationToken.None);

        Assert.Equal(20, offers[CatalogItemId.From("1ec5a993-0779-43a9-a857-ac8fe83e977b")].MinimumQuantity);
        Assert.Equal(["?country=DE", "?country=AT"], handler.Requests.Select(request => request.Uri.Query));
    }

    [Fact]
    public async Task A_catalogue_that_could_not_be_read_is_read_by_the_next_who_asks()
    {
        using var clock = VirtualTime.Automatic();
        var handler = new ScriptedHandler(clock, ScriptedAnswer.Empty(403), ScriptedAnswer.Json(ResourceTexts.List(ResourceTexts.Offer)));
        using var service = new ScriptedService(clock, handler);
        var catalog = new OfferCatalog();

        _ = await Assert.ThrowsAsync<CspMigrationException>(() => catalog.ListLegacyAsync(service.Client, "DE", CancellationToken.None));

        _ = Assert.Single(await catalog.ListLegacyAsync(service.Client, "DE", CancellationToken.None));
    }
}
