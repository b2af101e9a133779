using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace CspMigration.Simulation.Programs;

/// <summary>A request, as far as the simulation has to tell it from others.</summary>
internal sealed class Call
{
    private static readonly Regex FriendlyName = new("\"friendlyName\":\"(?<name>(?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex Mark = new(
        @"\s*\((?<word>from|with|seats for) (?<id>[0-9A-F]{8})(?: (?<id>[0-9A-F]{8}))*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly string[] _path;

    public Call(HttpMethod method, string path, string body)
    {
        Method = method;
        Body = body;
        _path = path.Trim('/').Split('/');
    }

    public HttpMethod Method { get; }

    public string Body { get; }

    /// <summary>The customer; null where the call is about none.</summary>
    public string? CustomerId => _path.Length > 2 && _path[1] == "customers" ? _path[2] : null;

    public string? SubscriptionId => Part(3) == "subscriptions" ? Part(4) : null;

    public string? UserId => Part(3) == "users" ? Part(4) : null;

    public string? CartId => Part(3) == "carts" ? Part(4) : null;

    public bool IsWrite => Method != HttpMethod.Get && !Array.Exists(_path, part => part.StartsWith("validat", StringComparison.Ordinal)) && Part(0) == "v1" && CustomerId is not null;

    public bool IsList => Method == HttpMethod.Get && Part(3) == "subscriptions" && _path.Length == 4;

    public bool IsUnits => Method == HttpMethod.Get && Part(3) == "subscribedskus";

    public bool IsProvisioning => Method == HttpMethod.Get && Part(5) == "provisioningstatus";

    public bool IsCart => Method == HttpMethod.Post && Part(3) == "carts" && _path.Length == 4;

    public bool IsOrder => (Part(3) == "orders" && Method != HttpMethod.Get) || Part(5) == "checkout";

    public bool IsUpdate => Part(5) == "licenseupdates";

    public bool IsPatch => Method == HttpMethod.Patch && Part(3) == "subscriptions";

    /// <summary>The friendly names in the body.</summary>
    public IReadOnlyList<string> FriendlyNames => Names(Body);

    public override string ToString() => $"{Method} /{string.Join('/', _path)}";

    public static IReadOnlyList<string> Names(string text)
    {
        var names = new List<string>();
        foreach (Match match in FriendlyName.Matches(text))
        {
            names.Add(match.Groups["name"].Value);
        }

        return names;
    }

    /// <summary>The first eight digits of the ids that a friendly name is marked with, by the mark's word: <c>from</c>, <c>with</c> or <c>seats for</c>.</summary>
    public static IReadOnlyList<string> MarksOf(string name, string word)
    {
        var ids = new List<string>();
        foreach (Match match in Mark.Matches(name))
        {
            foreach (Capture capture in match.Groups["id"].Captures)
            {
                if (string.Equals(match.Groups["word"].Value, word, StringComparison.OrdinalIgnoreCase))
                {
                    ids.Add(capture.Value.ToUpperInvariant());
                }
            }
        }

        return ids;
    }

    /// <summary>Whether a friendly name has any mark.</summary>
    public static bool IsMarked(string name) => Mark.IsMatch(name);

    /// <summary>What is left of a friendly name without its marks.</summary>
    public static string WithoutMark(string name) => Mark.Replace(name, "").TrimEnd();

    public static string WithoutMarks(string body) => FriendlyName.Replace(body, match =>
        $"\"friendlyName\":\"{WithoutMark(match.Groups["name"].Value)}\"");

    private string? Part(int index) => index < _path.Length ? _path[index] : null;
}
