using System;
using System.Collections.Generic;
using System.Linq;
using CspMigration.Simulation.Programs;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Shrinking;

/// <summary>The ways in which a program can be made simpler, one change at a time.</summary>
internal static class Simplifications
{
    private static readonly WorldSpec Plain = new();

    /// <summary>Each gives the programs that are a step simpler than one. All together they end: nothing is ever made larger again.</summary>
    public static IReadOnlyList<Func<SimulationProgram, IEnumerable<SimulationProgram>>> Passes { get; } =
        [WithoutSteps, WithoutHappenings, WithoutCustomers, WithoutSubscriptions, WithoutUsers, PlainWorld, PlainSubscriptions, PlainUsers, PlainSteps, Renumbered];

    private static IEnumerable<IReadOnlyList<T>> Without<T>(IReadOnlyList<T> items) => items.Select((_, at) => (IReadOnlyList<T>)[.. items.Take(at), .. items.Skip(at + 1)]);

    private static IEnumerable<IReadOnlyList<T>> With<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> change)
    {
        return items.SelectMany((item, at) => change(item).Select(changed => (IReadOnlyList<T>)[.. items.Take(at), changed, .. items.Skip(at + 1)]));
    }

    private static IEnumerable<SimulationProgram> WithoutSteps(SimulationProgram program) => Without(program.Steps).Select(steps => program with { Steps = steps });

    private static IEnumerable<SimulationProgram> EachStep(SimulationProgram program, Func<Step, IEnumerable<Step>> change) =>
        With(program.Steps, change).Select(steps => program with { Steps = steps });

    private static IEnumerable<SimulationProgram> EachCustomer(SimulationProgram program, Func<CustomerSpec, IEnumerable<CustomerSpec>> change) =>
        With(program.World.Customers, change).Select(customers => program with { World = program.World with { Customers = customers } });

    private static IEnumerable<SimulationProgram> WithoutHappenings(SimulationProgram program) =>
        EachStep(program, step => Without(step.Happenings).Select(happenings => step with { Happenings = happenings }));

    private static IEnumerable<SimulationProgram> WithoutCustomers(SimulationProgram program) =>
        Without(program.World.Customers).Where(customers => customers.Count > 0).Select(customers => program with { World = program.World with { Customers = customers } });

    private static IEnumerable<SimulationProgram> WithoutSubscriptions(SimulationProgram program)
    {
        return EachCustomer(program, customer => Without(customer.Subscriptions)
            .Where(left => left.All(subscription => subscription.Parent is null || left.Any(other => other.Name == subscription.Parent)))
            .Select(left => customer with { Subscriptions = left }))
            .Concat(EachCustomer(program, customer => Without(customer.OtherUnits).Select(units => customer with { OtherUnits = units })));
    }

    private static IEnumerable<SimulationProgram> WithoutUsers(SimulationProgram program)
    {
        return EachCustomer(program, customer => Without(customer.Users).Select(users => customer with { Users = users }))
            .Concat(EachCustomer(program, customer => With(customer.Users, user => Without(user.Licenses).Select(licenses => user with { Licenses = licenses })).Select(users => customer with { Users = users })));
    }

    private static IEnumerable<SimulationProgram> PlainWorld(SimulationProgram program)
    {
        var world = program.World;
        IEnumerable<WorldSpec> worlds =
        [
            world with { Commerce = Plain.Commerce },
            world with { Provisioning = TimeSpan.Zero },
            world with { OrderLag = TimeSpan.Zero },
            world with { ListLag = TimeSpan.Zero },
            world with { ViewLag = TimeSpan.Zero },
            world with { UnitsLag = TimeSpan.Zero },
            world with { DropsMarks = false },
            .. Without(world.Limits).Select(limits => world with { Limits = limits }),
        ];
        return worlds.Where(other => other != world).Select(other => program with { World = other });
    }

    private static IEnumerable<SimulationProgram> PlainSubscriptions(SimulationProgram program)
    {
        return EachCustomer(program, customer => With(customer.Subscriptions, subscription => Simpler(subscription).Where(other => other != subscription))
            .Select(subscriptions => customer with { Subscriptions = subscriptions }));
    }

    private static IEnumerable<SubscriptionSpec> Simpler(SubscriptionSpec subscription)
    {
        yield return subscription with { IsNewCommerce = false, Term = "P1Y" };
        yield return subscription with { Renews = false };
        yield return subscription with { Reseller = null };
        yield return subscription with { Cycle = "monthly" };
        yield return subscription with { Term = "P1Y" };
        yield return subscription with { SuspendedFor = null };
        if (subscription is { IsTrial: false, EndsIn: not (30 or 200) })
        {
            yield return subscription with { EndsIn = 30 };
            yield return subscription with { EndsIn = 200 };
        }

        if (subscription is { IsTrial: false, Seats: > 1 })
        {
            yield return subscription with { Seats = 1 };
            yield return subscription with { Seats = subscription.Seats / 2 };
            yield return subscription with { Seats = subscription.Seats - 1 };
        }
    }

    private static IEnumerable<SimulationProgram> PlainUsers(SimulationProgram program)
    {
        return EachCustomer(program, customer => With(customer.Users, user => Simpler(user).Where(other => other.ToString() != user.ToString())).Select(users => customer with { Users = users }))
            .Concat(EachCustomer(program, customer => With(customer.OtherUnits, units => units.Units > 1 ? [(units.Product, units.Units - 1)] : []).Select(units => customer with { OtherUnits = units })));
    }

    private static IEnumerable<UserSpec> Simpler(UserSpec user)
    {
        yield return user with { HasLocation = true };
        yield return user with { IsRefused = false };
        yield return user with { IsDeleted = false };
        yield return user with { Licenses = [.. user.Licenses.Select(license => license with { IsByGroup = false })] };
        yield return user with { Licenses = [.. user.Licenses.Select(license => license with { PlansOff = 0 })] };
    }

    private static IEnumerable<SimulationProgram> PlainSteps(SimulationProgram program)
    {
        return EachStep(program, SimplerStep)
            .Concat(EachStep(program, step => With(step.Happenings, happening => SimplerStep(happening.Doing).Select(doing => happening with { Doing = doing }))
                .Select(happenings => step with { Happenings = happenings })));
    }

    // The same for everyone: A does what B did, unless it takes two.
    private static IEnumerable<Step> SimplerStep(Step step)
    {
        if (step.Verb is "other" or "clock" or "hide" or "fault")
        {
            yield break;
        }

        foreach (var options in Without(step.Options))
        {
            yield return step with { Options = options };
        }

        foreach (var names in Without(step.Names).Where(names => names.Count > 0))
        {
            yield return step with { Names = names };
        }

        if (step.Operator != "A")
        {
            yield return step with { Operator = "A" };
        }
    }

    // A question is a better place than a number of requests, which changes with the code.
    private static IEnumerable<SimulationProgram> Renumbered(SimulationProgram program)
    {
        return EachStep(program, step => With(step.Happenings, Simpler).Select(happenings => step with { Happenings = happenings }));
    }

    private static IEnumerable<Happening> Simpler(Happening happening)
    {
        var isRequest = happening.Doing.Verb is "fault" or "kill" or "kill-after";
        if (happening.Anchor == Anchor.At)
        {
            foreach (var anchor in isRequest ? new[] { Anchor.Order, Anchor.Update, Anchor.Patch } : [Anchor.Prompt, Anchor.Order, Anchor.Update, Anchor.Patch])
            {
                foreach (var number in new[] { 1, 2, 3 })
                {
                    yield return happening with { Anchor = anchor, Number = number };
                }
            }
        }

        if (happening.Number > 1)
        {
            yield return happening with { Number = happening.Number / 2 };
            yield return happening with { Number = happening.Number - 1 };
        }
    }
}
