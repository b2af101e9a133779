using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Changes;

/// <summary>Answers for the user whether a change is made. Never called while a customer's turn is held: an answer may take hours.</summary>
public interface IConfirmer
{
    /// <summary>Whether nothing may be sent, whatever is asked: <c>-WhatIf</c>.</summary>
    bool IsPlanOnly { get; }

    /// <summary>Whether it confirms without asking a person, so that nothing can change between plan and answer.</summary>
    bool AnswersAtOnce { get; }

    /// <summary>Fails where a prompt would be needed and cannot be shown; called before anything is sent that only prepares the prompt.</summary>
    /// <exception cref="Contracts.CspMigrationException"><c>ConfirmationNeeded</c>; a front end may end its command in a way of its own.</exception>
    Task RequirePromptAsync(CancellationToken cancellationToken);

    /// <summary>Asks.</summary>
    Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken);
}
