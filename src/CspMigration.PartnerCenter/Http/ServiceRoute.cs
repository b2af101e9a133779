using System;
using System.Globalization;
using System.Linq;
using System.Text;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PartnerCenter.Pacing;

namespace CspMigration.PartnerCenter.Http;

/// <summary>A path below <c>/v1</c>, with the name it has in logs and the family it is paced in.</summary>
internal sealed class ServiceRoute
{
    private readonly string[] _segments;
    private readonly string _root;

    private ServiceRoute(string path, string root)
    {
        _root = root;
        Path = path;
        _segments = path.Split('?')[0].Split('/');
        Family = FamilyOf(_segments);
        CustomerId = IdAfter("customers");
    }

    /// <summary>Path and query, relative to <c>/v1/</c>, escaped.</summary>
    public string Path { get; }

    public RequestFamily Family { get; }

    /// <summary>The customer the path is about; null where it is about none.</summary>
    public string? CustomerId { get; }

    /// <summary>The subscription the path is about; null where it is about none.</summary>
    public string? SubscriptionId => IdAfter("subscriptions");

    /// <summary>
    /// Whether nothing but the customer can be missing: the path is the customer, or a list every customer has. A purchase
    /// can lack other things.
    /// </summary>
    public bool IsOfCustomerAlone => CustomerId is not null && Family != RequestFamily.Orders && _segments.Length <= 3;

    /// <summary>Whether it is about the customer's directory, which needs rights there, and not about what the customer buys.</summary>
    public bool IsOfDirectory => CustomerId is not null
        && _segments.Length > 2
        && (Is(_segments[2], "users") || Is(_segments[2], "subscribedskus") || (SubscriptionId is not null && Is(_segments[_segments.Length - 1], "provisioningstatus")));

    /// <summary>
    /// A path from fixed text and ids: <c>Of($"customers/{customerId}/users")</c>. Every id is checked and escaped, so
    /// that no id, wherever it came from, leads elsewhere.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="root">What it is below, for logs.</param>
    public static ServiceRoute Of(FormattableString path, string root = "v1/")
    {
        var ids = Array.ConvertAll(path.GetArguments(), argument => (object)Escape(Convert.ToString(argument, CultureInfo.InvariantCulture)));
        var text = string.Format(CultureInfo.InvariantCulture, path.Format, ids);
        return new ServiceRoute(text, root);
    }

    /// <summary>A path a next-page link gave, relative to <c>/v1/</c>.</summary>
    public static ServiceRoute OfLink(string path, string root = "v1/") => new(path, root);

    public ServiceRoute WithQuery(params (string Name, string? Value)[] query)
    {
        var path = new StringBuilder(Path);
        var separator = Path.IndexOf('?') < 0 ? '?' : '&';
        foreach (var (name, value) in query.Where(pair => !string.IsNullOrEmpty(pair.Value)))
        {
            _ = path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value!));
            separator = '&';
        }

        return new ServiceRoute(path.ToString(), _root);
    }

    public override string ToString() => "/" + _root + Path;

    private static string Escape(string? id)
    {
        return string.IsNullOrWhiteSpace(id) || id!.Trim('.').Length == 0
            ? throw PartnerCenterErrors.UnexpectedAnswer.Exception($"\"{id}\" cannot be part of an address.")
            : Uri.EscapeDataString(id);
    }

    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);

    private string? IdAfter(string collection)
    {
        var index = Array.FindIndex(_segments, segment => Is(segment, collection));
        return index >= 0 && index + 1 < _segments.Length ? Uri.UnescapeDataString(_segments[index + 1]) : null;
    }

    private static RequestFamily FamilyOf(string[] segments)
    {
        foreach (var segment in segments)
        {
            if (Is(segment, "subscriptions"))
            {
                return RequestFamily.Subscriptions;
            }

            if (Is(segment, "orders") || Is(segment, "carts"))
            {
                return RequestFamily.Orders;
            }
        }

        return RequestFamily.Customers;
    }
}
