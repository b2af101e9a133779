using System;

namespace CspMigration.Sandbox.SignIn;

/// <summary>A sign-in refused, in the words of the protocol.</summary>
internal sealed class SignInException : Exception
{
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

    public static SignInException Missing(string parameter) =>
        new(400, "invalid_request", 900144, $"The request body must contain the parameter {parameter}.");

    public static SignInException UnknownGrant(string grant) =>
        new(400, "unsupported_grant_type", 70003, $"The grant type {grant} is not supported.");

    public static SignInException NoClientSecret() =>
        new(401, "invalid_client", 7000218, "The request body must contain client_assertion or client_secret.");

    public static SignInException Spent(string what) => new(400, "invalid_grant", 70008, $"The {what} was already redeemed or has expired.");

    public static SignInException Pending() => new(400, "authorization_pending", 70016, "The user has not finished signing in.");

    public static SignInException DeviceCodeExpired() => new(400, "expired_token", 70020, "The device code has expired.");
}
