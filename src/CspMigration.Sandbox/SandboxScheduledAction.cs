namespace CspMigration.Sandbox;

/// <summary>What is scheduled for the end of a term.</summary>
/// <param name="ActionType"><c>Cancel</c>, <c>RenewToNewTerm</c> or <c>RenewToExtendedServiceTerm</c>.</param>
/// <param name="OfferId">Of a new term: its <c>product:sku:availability</c>.</param>
/// <param name="TermDuration">Of a new term: an ISO 8601 period.</param>
/// <param name="Quantity">Of a new term: its seats.</param>
public sealed record SandboxScheduledAction(string ActionType, string? OfferId, string? TermDuration, int? Quantity);
