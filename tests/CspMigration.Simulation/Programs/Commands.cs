using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CspMigration.Contracts;
using CspMigration.Simulation.Adapter;

namespace CspMigration.Simulation.Programs;

/// <summary>Gives an operator's step to the library, command by command, as a user would at the prompt.</summary>
internal static class Commands
{
    public static async Task<StepResult> ExecuteAsync(ProgramRun run, StepContext context)
    {
        var planned = context.Step.Has("foreseen") && !context.Options.WhatIf
            ? await ExecuteAsync(run, context, context.Options with { WhatIf = true })
            : null;
        if (planned is not null && context.Writes > 0)
        {
            run.Report(Oracle.Kind.PlanWrites, $"{context.Step}: {context.Writes} changes were sent for a plan");
        }

        var result = await ExecuteAsync(run, context, context.Options);
        if (planned is not null)
        {
            run.Oracle.Compare(context, planned, result);
        }

        return result;
    }

    private static async Task<StepResult> ExecuteAsync(ProgramRun run, StepContext context, StepOptions options)
    {
        var one = context.By;
        var session = one.Session!;
        var step = context.Step;
        switch (step.Verb)
        {
            case "find":
                return await FindAsync(run, context, options);
            case "buy":
                {
                    var found = await FindAsync(run, context, options);
                    var bought = await session.BuyAsync(found.Rows, options);
                    Keep(one.Targets, bought.Targets, options, target => target.SourceSubscriptionId ?? target.SourceSkuId);
                    return Joined(found, bought);
                }

            case "buy-new" when run.FindCustomer(step.Names[0]) is { } customerId:
                return await session.BuyNewAsync(customerId, options);
            case "move":
                {
                    var targets = Chosen(run, context, one.Targets, target => target.SourceSubscriptionId ?? target.SourceSkuId);
                    var moved = await session.MoveAsync(targets, options);
                    Keep(one.Moves, moved.Moves, options, move => move.SourceSubscriptionId ?? move.SourceSkuId);
                    return moved;
                }

            case "suspend":
                return await session.SuspendAsync(Chosen(run, context, one.Moves, move => move.SourceSubscriptionId ?? move.SourceSkuId), options);
            case "line":
                {
                    var result = await FindAsync(run, context, options);
                    var bought = await session.BuyAsync(result.Rows, options);
                    var moved = await session.MoveAsync(bought.Targets, options);
                    var suspended = await session.SuspendAsync(moved.Moves, options);
                    return Joined(result, bought, moved, suspended);
                }

            case "run":
                {
                    var found = await FindAsync(run, context, options);
                    var done = await session.RunAsync(found.Rows, options);
                    Keep(one.Migrations, done.Migrations, options, migration => migration.SourceSubscriptionId);
                    return Joined(found, done);
                }

            case "undo":
                return step.Has("by-record")
                    ? await session.UndoAsync(Chosen(run, context, one.Migrations, migration => migration.SourceSubscriptionId), options)
                    : await session.UndoAsync(Ids(run, context), options);
            case "end":
                return await session.SuspendAsync(Ids(run, context), options);
            case "resume":
            case "set":
                {
                    var result = new StepResult();
                    foreach (var (customerId, subscriptionId) in Ids(run, context))
                    {
                        result.Add(step.Verb == "set" ? await session.SetAsync(customerId, subscriptionId, options) : await session.ResumeAsync(customerId, subscriptionId, options));
                    }

                    return result;
                }

            case "status":
                return await session.StatusAsync();
            default:
                return new StepResult();
        }
    }

    // By the names of the step; all that is found with "*", what was found before with "found".
    private static async Task<StepResult> FindAsync(ProgramRun run, StepContext context, StepOptions options)
    {
        var one = context.By;
        var names = context.Step.Names;
        var found = new StepResult();
        if (names.Contains("found"))
        {
            found.Rows.AddRange(one.Rows);
        }
        else if (names.Count == 0 || names.Contains("*"))
        {
            found = await one.Session!.FindAsync(options);
            Replace(one.Rows, found.Rows);
        }
        else
        {
            found = await one.Session!.ReadAsync(Ids(run, context));
        }

        context.Sources.Clear();
        foreach (var row in found.Rows)
        {
            _ = context.Sources.Add(row.SubscriptionId ?? row.SkuId ?? "");
        }

        return found;
    }

    private static List<(string CustomerId, string SubscriptionId)> Ids(ProgramRun run, StepContext context)
    {
        var ids = context.Step.Names.Select(run.FindSubscription).OfType<(string CustomerId, string SubscriptionId)>().ToList();
        ids.ForEach(id => context.Named.Add(id.SubscriptionId));
        return ids;
    }

    private static List<T> Chosen<T>(ProgramRun run, StepContext context, List<T> kept, Func<T, string?> sourceOf)
    {
        var ids = Ids(run, context).Select(id => id.SubscriptionId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var chosen = kept.FindAll(item => context.Step.Names.Count == 0 || ids.Contains(sourceOf(item) ?? ""));
        chosen.ForEach(item => context.Sources.Add(sourceOf(item) ?? ""));
        return chosen;
    }

    // What came down the pipeline last for each source; a plan is kept by no one.
    private static void Keep<T>(List<T> kept, IEnumerable<T> given, StepOptions options, Func<T, string?> sourceOf)
    {
        if (!options.WhatIf)
        {
            foreach (var item in given)
            {
                _ = kept.RemoveAll(other => string.Equals(sourceOf(other), sourceOf(item), StringComparison.OrdinalIgnoreCase));
                kept.Add(item);
            }
        }
    }

    private static void Replace(List<ExpiringSubscription> kept, IEnumerable<ExpiringSubscription> found)
    {
        var rows = found.ToList();
        kept.Clear();
        kept.AddRange(rows);
    }

    private static StepResult Joined(params IEnumerable<StepResult> parts)
    {
        var result = new StepResult();
        foreach (var part in parts)
        {
            result.Add(part);
        }

        return result;
    }
}
