using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CspMigration.Core.Changes;

namespace CspMigration.Migration.Tests.Support;

/// <summary>A user at the prompt: keeps what is asked, and does something before each answer.</summary>
internal sealed class ScriptedConfirmer(Func<int, Task<ConfirmationAnswer>> answer) : IConfirmer
{
    /// <summary>Confirms everything, and does something while the first prompt stands.</summary>
    public ScriptedConfirmer(Func<Task> whileFirstStands)
        : this(async number =>
        {
            if (number == 1)
            {
                await whileFirstStands();
            }

            return ConfirmationAnswer.Confirmed;
        })
    {
    }

    /// <summary>What was asked, in order.</summary>
    public List<string> Asked { get; } = [];

    public bool IsPlanOnly => false;

    public bool AnswersAtOnce => false;

    public Task RequirePromptAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ConfirmationAnswer> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request.Action);
        return answer(Asked.Count);
    }
}
