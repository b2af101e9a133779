using System;
using CspMigration.Contracts;

namespace CspMigration.PartnerCenter.Errors;

/// <summary>One cause of failure: its stable id, its kind and what to do about it.</summary>
public sealed class ErrorDefinition
{
    internal ErrorDefinition(string id, ErrorKind kind, string recommendedAction)
    {
        Id = id;
        Kind = kind;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The stable id.</summary>
    public string Id { get; }

    /// <summary>What sort of failure it is.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do about it, where the failure itself does not say it better.</summary>
    public string RecommendedAction { get; }

    /// <summary>
    /// Whether it passes by itself, so that the same line again is all that is needed. What the service says and nobody
    /// here understands does not.
    /// </summary>
    public bool PassesByItself => Kind is ErrorKind.Busy or ErrorKind.Timeout || (Kind is ErrorKind.ServiceFailure && Id != nameof(PartnerCenterErrors.UnexpectedAnswer));

    /// <summary>The exception for one occurrence.</summary>
    /// <param name="message">What happened, to whom.</param>
    /// <param name="customerId">The customer it concerns.</param>
    /// <param name="subscriptionId">The subscription it concerns.</param>
    /// <param name="action">What to do, where it is more exact than <see cref="RecommendedAction"/>.</param>
    /// <param name="inner">What caused it.</param>
    /// <param name="problemWithoutNames">The message with ids in place of people's names, where it has any.</param>
    internal CspMigrationException Exception(
        string message,
        string? customerId = null,
        string? subscriptionId = null,
        string? action = null,
        Exception? inner = null,
        string? problemWithoutNames = null)
    {
        return new CspMigrationException(Id, message, action ?? RecommendedAction, inner)
        {
            CustomerId = customerId,
            SubscriptionId = subscriptionId,
            ProblemWithoutNames = problemWithoutNames ?? message,
        };
    }
}
