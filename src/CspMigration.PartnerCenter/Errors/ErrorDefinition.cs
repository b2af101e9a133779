using System;
using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Errors;

/// <summary>One cause of failure: its stable id and its kind. What to do about it is the front end's to say, by the id.</summary>
public sealed class ErrorDefinition
{
    internal ErrorDefinition(string id, ErrorKind kind)
    {
        Id = id;
        Kind = kind;
        Remedy = Remedy.ForError(id);
    }

    /// <summary>The stable id.</summary>
    public string Id { get; }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do about it, where the failure itself does not say it better.</summary>
    public string RecommendedAction => Remedy.ToString();

    /// <summary>The same as data.</summary>
    internal Remedy Remedy { get; }

    /// <summary>
    /// Whether it passes by itself, so that the same command again is all that is needed. What the service says and no one
    /// here understands does not.
    /// </summary>
    public bool IsTransient => Kind is ErrorKind.Busy or ErrorKind.Timeout || (Kind is ErrorKind.ServiceFailure && Id != nameof(PartnerCenterErrors.UnexpectedAnswer));

    /// <summary>The exception for one occurrence.</summary>
    /// <param name="message">What happened, to whom.</param>
    /// <param name="customerId">The customer it concerns.</param>
    /// <param name="subscriptionId">The subscription it concerns.</param>
    /// <param name="remedy">What to do, where it is more exact than the cause's own.</param>
    /// <param name="inner">What caused it.</param>
    /// <param name="problemWithoutNames">The message with ids in place of people's names, where it has any.</param>
    internal CspMigrationException Exception(
        string message,
        CustomerId? customerId = null,
        SubscriptionId? subscriptionId = null,
        Remedy? remedy = null,
        Exception? inner = null,
        string? problemWithoutNames = null)
    {
        return new CspMigrationException(Id, message, remedy ?? Remedy, inner)
        {
            CustomerId = customerId?.ToString(),
            SubscriptionId = subscriptionId?.ToString(),
            ProblemWithoutNames = problemWithoutNames ?? message,
        };
    }
}
