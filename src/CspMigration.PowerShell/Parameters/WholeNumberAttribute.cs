using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace CspMigration.PowerShell.Parameters;

/// <summary>
/// Refuses what PowerShell would turn into another whole number without a word: an empty text (0), a fraction (rounded), and
/// separators, which mean thousands in one country and a fraction in the next (<c>'1.000'</c> would be 1).
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class WholeNumberAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = ArgumentValue.Of(inputData);
        return value switch
        {
            null => throw Refusal("The value is null; the variable may not be set", "omit the parameter"),
            string text when string.IsNullOrWhiteSpace(text) => throw Refusal("The value is empty", "omit the parameter"),
            string text when text.IndexOfAny(['.', ',', '\'', '’', ' ', '\u00A0']) >= 0 && text.Trim().Any(character => !char.IsLetterOrDigit(character) && character is not ('-' or '+')) =>
                throw Refusal($"\"{text}\" can be read in more than one way", "write digits alone"),
            double or float or decimal when Convert.ToDecimal(value, CultureInfo.InvariantCulture) % 1 != 0 =>
                throw Refusal($"{Convert.ToString(value, CultureInfo.InvariantCulture)} is not a whole number", "write digits alone"),
            _ => inputData,
        };
    }

    private static ArgumentTransformationMetadataException Refusal(string reason, string instead) => new($"{reason}. Use a whole number, such as 25, or {instead}.");
}
