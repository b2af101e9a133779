using System.Linq;

namespace CspMigration.Sandbox.Operations;

/// <summary>The views a list of products is asked for by; only one of them has anything here.</summary>
internal static class TargetViews
{
    private const string OnlineServices = "OnlineServices";

    private static readonly string[] Known =
        [OnlineServices, "Azure", "AzureReservations", "AzureReservationsVM", "AzureReservationsSQL", "AzureReservationsCosmosDb", "MicrosoftAzure", "Software"];

    public static bool IsKnown(string? view) => view != null && Known.Contains(view, Same.Comparer);

    public static bool IsOnlineServices(string? view) => Same.Text(view, OnlineServices);
}
