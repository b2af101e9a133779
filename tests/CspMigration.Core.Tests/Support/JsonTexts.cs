using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;

namespace CspMigration.Core.Tests.Support;

/// <summary>Draws JSON as text, so that the spelling of numbers and dates can be compared too.</summary>
internal static class JsonTexts
{
    private static readonly string[] Names =
    [
        "entitlementId", "offerName", "friendlyName", "unitType", "creationDate", "commitmentEndDate", "autoRenewEnabled", "isTrial",
        "billingType", "refundOptions", "scheduledNextTermInstructions", "nextChargeInstructions", "suspensionReasons", "attributes",
        "links", "brandNew", "Größe", "with space", "a\"quote", "$type", "",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "active", "0", "1.50", "true", "null", "2027-01-15T00:00:00Z", "2027-01-15T00:00:00.1234567+02:00", "0001-01-01T00:00:00",
        "9999-12-31T23:59:59.9999999Z", "/Date(1198908717056)/", "P1Y", "Zoë \u65E5\u672C \U0001F600", "tab\tline\r\nquote\" back\\slash / </script>", "\u0000\u001F\u2028",
    ];

    private static readonly Gen<char> Digit = Gen.Elements("0123456789".ToCharArray());

    /// <summary>A whole number or a decimal fraction, as the service writes them: no exponent, at most 28 digits, no zero below zero.</summary>
    public static Gen<string> Number { get; } =
        from sign in Gen.Elements("", "", "-")
        from first in Gen.Elements("123456789".ToCharArray())
        from more in Gen.ArrayOf(Digit).Resize(14)
        from fraction in Gen.ArrayOf(Digit).Resize(12)
        from isZero in Gen.Elements(false, false, false, true)
        let whole = isZero ? "0" : sign + first + new string(more)
        select fraction.Length > 0 ? $"{whole}.{new string(fraction)}" : whole;

    /// <summary>A JSON text value, quoted.</summary>
    public static Gen<string> Text { get; } = Gen.Elements(Texts).Select(JsonConvert.ToString);

    /// <summary>Any JSON value.</summary>
    public static Gen<string> Value { get; } = Gen.Sized(size => ValueOf(Math.Min(size / 30, 2)));

    /// <summary>The members of an object, no two with the same name in different casing.</summary>
    public static Gen<IReadOnlyList<KeyValuePair<string, string>>> Members { get; } = MembersOf(Value);

    /// <summary>Writes an object.</summary>
    public static string Object(IEnumerable<KeyValuePair<string, string>> members)
    {
        return "{" + string.Join(",", members.Select(member => JsonConvert.ToString(member.Key) + ":" + member.Value)) + "}";
    }

    /// <summary>A text with some characters dropped, doubled, exchanged or cut off.</summary>
    public static Gen<string> Damaged(Gen<string> texts)
    {
        const string Replacements = "{}[]\",:0-eE.tfnN\\'/ \uFEFF\u0000\uD800";
        var damage =
            from place in Gen.Choose(0, int.MaxValue)
            from kind in Gen.Choose(0, 4)
            from replacement in Gen.Elements(Replacements.ToCharArray())
            select new Func<string, string>(text => Damage(text, place, kind, replacement));
        return from text in texts
               from damages in Gen.ListOf(damage).Resize(4)
               select damages.Aggregate(text, (current, apply) => apply(current));
    }

    private static string Damage(string text, int place, int kind, char replacement)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var at = place % text.Length;
        return kind switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            2 => text.Remove(at, 1).Insert(at, replacement.ToString()),
            3 => text.Insert(at, replacement.ToString()),
            _ => text[..at],
        };
    }

    private static Gen<string> ValueOf(int depth)
    {
        var scalar = Gen.OneOf(Number, Text, Gen.Elements("true", "false", "null"));
        if (depth == 0)
        {
            return scalar;
        }

        var inner = ValueOf(depth - 1);
        return Gen.Frequency(
            (4, scalar),
            (1, Gen.ListOf(inner).Resize(3).Select(items => "[" + string.Join(",", items) + "]")),
            (1, MembersOf(inner).Select(Object)));
    }

    private static Gen<IReadOnlyList<KeyValuePair<string, string>>> MembersOf(Gen<string> values)
    {
        return from names in Gen.SubListOf(Names)
               from drawn in Gen.ArrayOf(values, Names.Length)
               select (IReadOnlyList<KeyValuePair<string, string>>)[.. names.Zip(drawn, KeyValuePair.Create)];
    }
}
