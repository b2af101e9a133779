using CspMigration.PartnerCenter.Json;

namespace CspMigration.PartnerCenter.Resources;

/// <summary>A product of the new-commerce catalog (docs/partner-center.md §9).</summary>
internal sealed class Product
{
    private Product(ResourceReader json)
    {
        Id = json.RequiredText("id");
        Title = json.Text("title");
    }

    public string Id { get; }

    public string? Title { get; }

    public static Product Read(ResourceReader json) => new(json);
}
