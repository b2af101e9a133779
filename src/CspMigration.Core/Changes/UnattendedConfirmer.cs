using System;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Changes;

/// <summary>Answers without a person: for a program that has decided itself, and for the steps of a run that was confirmed as a whole.</summary>
public sealed class UnattendedConfirmer : IConfirmer
{
    private UnattendedConfirmer(bool plansOnly) => IsPlanOnly = plansOnly;

    /// <summary>Confirms everything.</summary>
    public static UnattendedConfirmer Confirming { get; } = new(plansOnly: false);

    /// <summary>Has everything only planned.</summary>
    public static UnattendedConfirmer Planning { get; } = new(plansOnly: true);

    /// <inheritdoc/>
    public bool IsPlanOnly { get; }

    /// <inheritdoc/>
    public bool AnswersAtOnce => true;

    /// <inheritdoc/>
    public Task RequirePromptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        return Task.FromResult(IsPlanOnly || request.IsPlanned ? ConfirmationAnswer.PlanOnly : ConfirmationAnswer.Confirmed);
    }
}
