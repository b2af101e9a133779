using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CspMigration.Core.Purchases;

/// <summary>An add-on as the user asks for it: <c>Name</c>, or <c>Name=5</c> with the number of units.</summary>
/// <param name="Name">Its name, offer id or <c>product:sku</c>.</param>
/// <param name="Quantity">Number of units; null for the default.</param>
public sealed record AddOnChoice(string Name, int? Quantity)
{
    /// <summary>The most units that can be asked for, as with seats.</summary>
    public const int Most = 1_000_000;

    // A name may have an = itself: only the last one counts, and only where no word follows it.
    private static readonly Regex Counted = new(@"^(?<name>.*\S)\s*=\s*(?<count>[^\p{L}=]*|[+-]?\d[^=]*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>The units it was first planned with, where nothing says how many are needed: what is learned on the way changes no plan. Null where they are known.</summary>
    internal int? Assumed { get; init; }

    /// <summary>What <see cref="Parse"/> reads from the text.</summary>
    public static implicit operator AddOnChoice(string text) => Parse(text);

    /// <summary>Reads <c>Name</c> or <c>Name=5</c>. A name that ends like a quantity itself needs one behind it, or is named by its id.</summary>
    /// <exception cref="FormatException">The name is missing, or the quantity is no whole number from 1 to <see cref="Most"/>.</exception>
    public static AddOnChoice Parse(string text)
    {
        var trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        if (trimmed.Length == 0 || trimmed[0] == '=')
        {
            throw new FormatException($"\"{text}\" names no add-on. Write its name or id, and the number of units behind an equals sign: 'Name=5'.");
        }

        return Counted.Match(trimmed) is not { Success: true } match ? new AddOnChoice(trimmed, Quantity: null)
            : int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most
            ? new AddOnChoice(match.Groups["name"].Value, count)
            : throw new FormatException(
                $"\"{text}\" asks for \"{match.Groups["count"].Value}\" units of {match.Groups["name"].Value}. Write a whole number from 1 to {Most}: '{match.Groups["name"].Value}=5'.");
    }

    /// <summary>The text it is read from.</summary>
    public override string ToString() => Quantity is { } quantity ? string.Format(CultureInfo.InvariantCulture, "{0}={1}", Name, quantity) : Name;
}
