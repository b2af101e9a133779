namespace CspMigration.PowerShell.Completion;

/// <summary>What a completer offers.</summary>
/// <param name="Text">What is typed for the user, before it is quoted.</param>
/// <param name="Name">What the list shows.</param>
/// <param name="ToolTip">What is said about it.</param>
internal sealed record Suggestion(string Text, string Name, string ToolTip);
