using System;
using Newtonsoft.Json;

namespace CspMigration.PartnerCenter.Ids;

/// <summary>
/// An id of the service, spelled as the service spells it, and compared as the service does: whatever its casing. One kind does
/// not fit where another is wanted. What reads or writes text (resources, the journal, what flows down the pipeline) converts it
/// there. There is no <c>==</c>: of two ids that are not known it would be true, and unknown is never the same as unknown.
/// <see cref="Is"/> is false for them.
/// </summary>
/// <typeparam name="TKind">What it is the id of: one of <see cref="IdKind"/>.</typeparam>
[JsonConverter(typeof(IdConverter))]
internal readonly struct Id<TKind> : IEquatable<Id<TKind>>, IComparable<Id<TKind>>
    where TKind : struct
{
    private readonly string? _text;

    private Id(string text) => _text = text;

    private string Text => _text ?? throw new InvalidOperationException($"An id of kind {typeof(TKind).Name} was used that was never set.");

    /// <summary>The id that a text is.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static Id<TKind> From(string text) => FromOrNull(text) ?? throw new ArgumentException($"An id of kind {typeof(TKind).Name} cannot be empty.", nameof(text));

    /// <summary>The same; null where the text is missing or empty.</summary>
    public static Id<TKind>? FromOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Id<TKind>(text!);

    /// <inheritdoc cref="From"/>
    public static explicit operator Id<TKind>(string text) => From(text);

    /// <summary>Whether it is the same as another; one that is not known is not.</summary>
    public bool Is(Id<TKind>? other) => other is { } id && Equals(id);

    public bool Equals(Id<TKind> other) => string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is Id<TKind> other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public int CompareTo(Id<TKind> other) => StringComparer.OrdinalIgnoreCase.Compare(Text, other.Text);

    /// <summary>As the service spells it.</summary>
    public override string ToString() => Text;
}
