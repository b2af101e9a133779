using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Operations.Offers;

/// <summary>The target views of a list of products. The sandbox has products in one of them.</summary>
internal static class TargetViews
{
    private const string OnlineServices = "OnlineServices";

    private static readonly Vocabulary Known = new(
        OnlineServices, "Azure", "AzureReservations", "AzureReservationsVM", "AzureReservationsSQL", "AzureReservationsCosmosDb", "MicrosoftAzure", "Software");

    public static bool IsKnown(string? view) => Known.Has(view);

    public static bool IsOnlineServices(string? view) => Known.Find(view) == OnlineServices;
}
