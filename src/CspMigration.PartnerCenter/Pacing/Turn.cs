namespace CspMigration.PartnerCenter.Pacing;

/// <summary>A call's leave to be sent.</summary>
/// <param name="Family">The family it is paced in.</param>
/// <param name="Number">Later turns have greater numbers.</param>
internal readonly record struct Turn(RequestFamily Family, long Number);
