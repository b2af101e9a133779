using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Adapter;
using CspMigration.Simulation.Programs;

namespace CspMigration.Simulation.Oracle;

/// <summary>What holds of the same command given again, with nothing in its way.</summary>
internal sealed class AgainChecks(ProgramRun run, ProgramOracle oracle)
{
    // Errors that say "later" or "no idea": nothing is late any more, and the service answers plainly.
    private static readonly HashSet<string> NoRemedy = new(StringComparer.Ordinal)
    {
        "UnexpectedAnswer", "ProvisioningPending", "ServiceUnavailable", "RequestTimeout", "Throttled", "ResizeInDoubt",
    };

    /// <summary>It ends: in something done, or in an error that says what to do; within a number of calls that its work explains.</summary>
    public void CheckFirst(StepContext step, StepResult result)
    {
        foreach (var (source, error) in result.Errors.Where(error => NoRemedy.Contains(error.Error.ErrorId)))
        {
            // Of seats that another journal has, or a lost one, it is unknown whether they were added: to say so is right.
            if (error.ErrorId != "ResizeInDoubt" || oracle.Ledger.Growths.TrueForAll(growth => growth.By == step.By && growth.Journal == step.By.JournalNumber))
            {
                run.Report(Kind.AgainStuck, $"again, {run.NameOf(source)}: {error.ErrorId}: {error.Problem}", error.ErrorId);
            }
        }

        var subscriptions = run.Customers.Sum(customer => oracle.State(customer.Id).Subscriptions.Count);
        var users = run.World.Users.Count();
        var most = 120 + (60 * subscriptions) + (20 * users);
        if (step.Requests > most)
        {
            run.Report(Kind.Endless, $"again: {step.Requests} requests for {subscriptions} subscriptions and {users} users");
        }
    }

    /// <summary>After everything is done there is nothing to do.</summary>
    public void CheckSecond(StepContext step, StepResult result)
    {
        if (step.Writes > 0 && result.Errors.Count == 0)
        {
            run.Report(Kind.AgainWrites, $"again, after all was done: {step.Writes} changes");
        }
    }
}
