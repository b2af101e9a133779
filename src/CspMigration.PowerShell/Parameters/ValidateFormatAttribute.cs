using System;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CspMigration.PowerShell.Parameters;

/// <summary>Refuses a text that does not have a certain form, in words instead of with the pattern, as <see cref="ValidatePatternAttribute"/> would.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal class ValidateFormatAttribute : ValidateArgumentsAttribute
{
    /// <param name="pattern">What the whole text has to match, in any case.</param>
    /// <param name="expected">What is expected instead, such as <c>a term, such as P1Y</c>.</param>
    public ValidateFormatAttribute(string pattern, string expected)
    {
        Pattern = pattern;
        Expected = expected;
    }

    public string Pattern { get; }

    public string Expected { get; }

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var text = LanguagePrimitives.ConvertTo<string>(arguments);
        if (!Regex.IsMatch(text, $@"^(?:{Pattern})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
        {
            throw new ValidationMetadataException($"\"{text}\" is not {Expected}.");
        }
    }
}
