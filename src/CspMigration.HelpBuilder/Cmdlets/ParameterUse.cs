namespace CspMigration.HelpBuilder.Cmdlets;

/// <summary>How a parameter is used in a parameter set; in all of them where the set is null.</summary>
internal sealed record ParameterUse(string? Set, bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName);
