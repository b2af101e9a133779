using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Quickstart;

/// <summary>Reads the final state from the sandbox, independently of what the migration reported.</summary>
internal static class FinalState
{
    private const int SeatsExpected = 25;
    private const int UsersExpected = 20;

    /// <summary>Prints the state of the sandbox and returns whether it is as expected.</summary>
    public static async Task<bool> CheckAsync(Uri sandbox, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri(sandbox, "sandbox/state"), cancellationToken));
        var customer = state.RootElement.GetProperty("customers")[0];
        var subscriptions = customer.GetProperty("subscriptions").EnumerateArray().ToList();
        var suspended = subscriptions.Where(subscription => Is(subscription, "suspended")).ToList();
        var active = subscriptions.Where(subscription => Is(subscription, "active")).ToList();
        var seats = active.Sum(subscription => subscription.GetProperty("quantity").GetInt32());
        var users = customer.GetProperty("users").EnumerateArray().Count(user => Holds(user, active) && !Holds(user, suspended));
        var violations = state.RootElement.GetProperty("violations").GetArrayLength();
        Console.WriteLine($"{seats} seats bought, {users} users moved, {Count(suspended.Count)} suspended");
        var isRight = seats == SeatsExpected && users == UsersExpected && active.Count == 1 && suspended.Count == 1 && violations == 0;
        if (!isRight)
        {
            await Console.Error.WriteLineAsync($"Expected {SeatsExpected} seats, {UsersExpected} users and 1 subscription. The sandbox recorded {violations} violations.");
        }

        return isRight;

        static bool Is(JsonElement subscription, string status) => subscription.GetProperty("status").GetString() == status;

        static bool Holds(JsonElement user, System.Collections.Generic.List<JsonElement> subscriptions)
        {
            return user.GetProperty("licenses").EnumerateArray().Any(license => subscriptions.Any(subscription => string.Equals(
                subscription.GetProperty("skuId").GetString(), license.GetProperty("skuId").GetString(), StringComparison.OrdinalIgnoreCase)));
        }

        static string Count(int subscriptions) => subscriptions == 1 ? "1 subscription" : $"{subscriptions} subscriptions";
    }
}
