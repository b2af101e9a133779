using System;
using System.Collections.Generic;
using CspMigration.Sandbox.State;
using CspMigration.Sandbox.Wire;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.SignIn;

/// <summary>An error of the identity platform.</summary>
internal sealed class SignInException : Exception
{
    // The errors that a fault can request: status, error and description.
    private static readonly Dictionary<int, (int Status, string Error, string Words)> Known = new()
    {
        [50020] = (400, "invalid_grant", "The user account from the identity provider does not exist in the tenant and cannot access the application in it."),
        [50034] = (400, "invalid_grant", "The user account does not exist in the directory."),
        [50076] = (400, "interaction_required", "You must use multi-factor authentication to access the service."),
        [50079] = (400, "interaction_required", "You must enroll in multi-factor authentication to access the service."),
        [50105] = (400, "invalid_grant", "The signed in user is not assigned to a role for the application."),
        [50173] = (400, "invalid_grant", "The grant has been revoked: the user might have changed or reset the password."),
        [53003] = (400, "interaction_required", "Access has been blocked by Conditional Access policies."),
        [65001] = (400, "invalid_grant", "The user or administrator has not consented to use the application."),
        [70008] = (400, "invalid_grant", "The provided authorization code or refresh token has expired due to inactivity."),
        [90002] = (400, "invalid_request", "The tenant was not found."),
        [90033] = (503, "temporarily_unavailable", "A transient error has occurred. Please try again."),
        [500011] = (400, "invalid_resource", "The resource principal was not found in the tenant."),
        [700016] = (400, "unauthorized_client", "The application was not found in the directory."),
        [700027] = (401, "invalid_client", "The certificate with the identifier used to sign the client assertion is not registered on the application."),
        [700082] = (400, "invalid_grant", "The refresh token has expired due to inactivity."),
        [7000215] = (401, "invalid_client", "Invalid client secret provided."),
        [7000222] = (401, "invalid_client", "The provided client secret keys are expired."),
    };

    private SignInException(int status, string error, int number, string description)
        : base($"AADSTS{number}: {description}")
    {
        Status = status;
        Error = error;
        Number = number;
    }

    public int Status { get; }

    public string Error { get; }

    public int Number { get; }

    /// <summary>The body of the error.</summary>
    public JObject Body(World world, string? correlationId) => new()
    {
        ["error"] = Error,
        ["error_description"] = Message,
        ["error_codes"] = new JArray(Number),
        ["timestamp"] = Json.Moment(world.Clock.Now),
        ["trace_id"] = world.Grants.NextId(),
        ["correlation_id"] = correlationId ?? world.Grants.NextId(),
    };

    public static SignInException Missing(string parameter) =>
        new(400, "invalid_request", 900144, $"The request body must contain the parameter {parameter}.");

    public static SignInException UnknownGrant(string grant) =>
        new(400, "unsupported_grant_type", 70003, $"The grant type {grant} is not supported.");

    public static SignInException NoClientSecret() =>
        new(401, "invalid_client", 7000218, "The request body must contain client_assertion or client_secret.");

    public static SignInException Spent(string what) => new(400, "invalid_grant", 70008, $"The {what} was already redeemed or has expired.");

    public static SignInException BadAssertion(string reason) =>
        new(401, "invalid_client", 50027, $"The client assertion is not valid: {reason}.");

    public static SignInException Declined() => new(400, "authorization_declined", 70018, "The user declined to sign in.");

    /// <summary>The error with an AADSTS number; null if the sandbox does not know it.</summary>
    public static SignInException? OfNumber(int number) =>
        Known.TryGetValue(number, out var known) ? new(known.Status, known.Error, number, known.Words) : null;

    public static SignInException Pending() => new(400, "authorization_pending", 70016, "The user has not finished signing in.");

    public static SignInException DeviceCodeExpired() => new(400, "expired_token", 70020, "The device code has expired.");
}
