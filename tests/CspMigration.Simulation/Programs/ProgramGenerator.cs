using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Programs;

/// <summary>Makes up programs: a few steps, in any order, with any options, and things that happen meanwhile.</summary>
internal sealed class ProgramGenerator
{
    private static readonly string[] Faults = ["drop-before", "drop-after", "503", "503-after", "429", "409", "403", "401", "408-after", "html", "empty"];

    private readonly Chance _chance;
    private readonly WorldSpec _world;
    private readonly List<string> _subscriptions;
    private readonly List<string> _sources;
    private readonly List<string> _users;

    private ProgramGenerator(Chance chance)
    {
        _chance = chance;
        _world = new WorldGenerator(chance).Make();
        _subscriptions = [.. _world.Subscriptions.Select(subscription => subscription.Name)];
        _sources = [.. _world.Subscriptions.Where(subscription => subscription.Product is not ("TeamMembers" or "CePlan" or "Activity" or "Device" or "CePlanTrial" or "Campaigns")).Select(subscription => subscription.Name)];
        _sources = _sources.Count > 0 ? _sources : _subscriptions;
        _users = [.. _world.Users.Select(user => user.Name)];
    }

    /// <summary>The program of a seed.</summary>
    public static SimulationProgram Make(int seed) => new ProgramGenerator(new Chance(seed)).Make();

    private SimulationProgram Make()
    {
        var steps = Enumerable.Range(0, _chance.Weighted((12, 1), (26, 2), (28, 3), (20, 4), (14, 5))).Select(_ => MakeStep()).ToList();
        return new SimulationProgram(_world, [.. steps.SelectMany(WithSequel)]);
    }

    // What was interrupted is often given again, sooner or later, by whoever still knows.
    private IEnumerable<Step> WithSequel(Step step)
    {
        yield return step;
        if (step.Happenings.Any(happening => happening.Doing.Verb is "kill" or "kill-after" or "fault") && _chance.Percent(45))
        {
            if (_chance.Percent(50))
            {
                yield return MakeClock();
            }

            if (_chance.Percent(25))
            {
                yield return new Step { Verb = "lose", Operator = step.Operator };
            }

            yield return step with { Happenings = [], Operator = _chance.Percent(90) ? step.Operator : "B" };
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Step MakeStep()
    {
        return _chance.Weighted((16, "other"), (11, "clock"), (4, "hide"), (4, "lose"), (3, "reconnect"), (62, "operator")) switch
        {
            "other" => MakeOther(),
            "clock" => MakeClock(),
            "hide" => new Step { Verb = "hide", Names = [_chance.Of("units", "consumed", "sku-id"), ProductOf(_chance.Of(_sources))] },
            "lose" => new Step { Verb = "lose", Operator = OneOfTwo() },
            "reconnect" => new Step { Verb = "reconnect", Operator = OneOfTwo() },
            _ => WithHappenings(MakeCommand(OneOfTwo())),
        };
    }

    private string ProductOf(string name) => _world.Subscriptions.First(subscription => subscription.Name == name).Product;

    private string OneOfTwo() => _chance.Percent(88) ? "A" : "B";

    private Step MakeClock() => new()
    {
        Verb = "clock",
        Names = [_chance.Weighted((20, "30s"), (20, "5m"), (15, "20m"), (15, "2d"), (15, "9d"), (8, "35d"), (4, "100d"), (3, "370d"))],
    };

    private Step MakeOther()
    {
        var subscription = _chance.Percent(35) ? "t:" + _chance.Of(_sources) : _chance.Of(_subscriptions);
        var user = _users.Count > 0 ? _chance.Of(_users) : "u0";
        var held = _world.Users.FirstOrDefault(spec => spec.Name == user)?.Licenses;
        var product = held is { Count: > 0 } && _chance.Percent(65) ? _chance.Of(held).Product : ProductOf(_chance.Of(_subscriptions));
        IReadOnlyList<string> words = _chance.Weighted((18, 0), (10, 1), (10, 2), (6, 3), (4, 4), (24, 5), (10, 6), (4, 7), (4, 8), (4, 9)) switch
        {
            0 => ["seats", subscription, _chance.Of("+1", "+3", "+5", "-1", "-2")],
            1 => ["rename", subscription],
            2 => ["renew", subscription, _chance.Of("on", "off")],
            3 => ["suspend", subscription],
            4 => ["resume", subscription],
            5 => ["give", user, product],
            6 => ["take", user, product],
            7 => ["delete", user],
            8 => ["locate", user],
            _ => ["buy", _chance.Of([.. _world.Customers.Select(customer => customer.Name)]), _chance.Of("TeamMembers", "CePlan", "CePlanTrial", "Activity"), _chance.Of("3", "25")],
        };
        return new Step { Verb = "other", Names = words };
    }

    private Step MakeCommand(string by)
    {
        var verb = _chance.Weighted((30, "line"), (20, "run"), (14, "buy"), (9, "move"), (7, "suspend"), (16, "undo"), (3, "end"), (3, "resume"), (4, "set"), (5, "status"), (4, "find"), (3, "buy-new"));
        IReadOnlyList<string> names = verb switch
        {
            "status" or "find" => [],
            "move" or "suspend" => _chance.Percent(70) ? [] : _chance.Some(_sources),
            "resume" or "set" or "end" => [_chance.Percent(30) ? "t:" + _chance.Of(_sources) : _chance.Of(_subscriptions)],
            "buy-new" => [_chance.Of([.. _world.Customers.Select(customer => customer.Name)])],
            "undo" => _chance.Some(_sources),
            _ => _chance.Percent(45) ? ["*"] : _chance.Percent(8) ? ["found"] : _chance.Some(_sources),
        };
        return new Step { Operator = by, Verb = verb, Names = names, Options = [.. MakeOptions(verb)] };
    }

    // Another's command in the middle of one is a plain one.
    private Step MakeNested(string by)
    {
        var command = MakeCommand(by);
        return command.Verb is "buy-new" or "set" ? command : command with { Options = [] };
    }

    private IEnumerable<string> MakeOptions(string verb)
    {
        if (verb is "line" or "run" or "buy" or "find" && _chance.Percent(25))
        {
            yield return "renewing";
        }

        if (verb is "line" or "run" or "buy" or "find" && _chance.Percent(8))
        {
            yield return "trials";
        }

        if (verb is "line" or "run" or "buy" or "find" && _chance.Percent(8))
        {
            yield return "elsewhere";
        }

        if (verb is "line" or "run" or "buy" && _chance.Percent(14))
        {
            yield return "foreseen";
        }
        else if (verb is not ("find" or "status") && _chance.Percent(7))
        {
            yield return "what-if";
        }
        else if (verb is not ("find" or "status") && _chance.Percent(10))
        {
            yield return "unattended";
        }

        foreach (var option in MakePurchaseOptions(verb).Concat(MakeEndingOptions(verb)))
        {
            yield return option;
        }

        if (verb is "line" or "run" or "move" && _chance.Percent(12))
        {
            yield return "location=Customer";
        }

        if (verb == "run" && _chance.Percent(10))
        {
            yield return $"stop-after={_chance.Of("Purchase", "Licenses")}";
        }

        if (verb == "undo" && _chance.Percent(15))
        {
            yield return "by-record";
        }

        if (verb == "set")
        {
            yield return _chance.Weighted((3, $"quantity={Text(_chance.Between(1, 12))}"), (3, $"renew={_chance.Of("on", "off")}"), (4, "name=Named"));
        }
    }

    private IEnumerable<string> MakePurchaseOptions(string verb)
    {
        if (verb == "buy-new")
        {
            yield return $"target={_chance.Of("TeamMembers", "CePlan", "Sales")}";
            yield return $"quantity={Text(_chance.Between(1, 5))}";
            yield break;
        }

        if (verb is not ("line" or "run" or "buy"))
        {
            yield break;
        }

        if (_chance.Percent(12))
        {
            yield return $"target={_chance.Of("Sales", "CustomerService", "TeamMembers", "CePlan")}";
        }

        if (verb != "run" && _chance.Percent(8))
        {
            yield return $"quantity={Text(_chance.Between(1, 12))}";
        }
        else if (_chance.Percent(12))
        {
            yield return "right-size";
        }

        if (_chance.Percent(5))
        {
            yield return $"term={_chance.Of("P1M", "P3Y")}";
        }

        if (verb != "run" && _chance.Percent(8))
        {
            yield return "add-on=Storage";
        }

        if (verb != "run" && _chance.Percent(3))
        {
            yield return "reseller=4567890";
        }

        if (verb != "run" && _chance.Percent(3))
        {
            yield return "name=Ours";
        }

        if (_chance.Percent(5))
        {
            yield return $"commerce={_chance.Of("Legacy", "New")}";
        }
    }

    private IEnumerable<string> MakeEndingOptions(string verb)
    {
        if (verb is "line" or "suspend" or "end" or "run" && _chance.Percent(20))
        {
            yield return "at-term-end";
        }
        else if (verb is "line" or "suspend" or "end" && _chance.Percent(12))
        {
            yield return _chance.Of("immediate", "cancel");
        }

        if (verb == "end" && _chance.Percent(50))
        {
            yield return $"reason={_chance.Of("CustomerRequest", "NonPayment")}";
        }
    }

    private Step WithHappenings(Step step)
    {
        if (_chance.Percent(50))
        {
            return step;
        }

        var happenings = Enumerable.Range(0, _chance.Weighted((75, 1), (25, 2))).Select(_ => MakeHappening(step)).ToList();
        return step with { Happenings = happenings };
    }

    private Happening MakeHappening(Step step)
    {
        var doing = _chance.Weighted((30, "other"), (14, "operator"), (22, "kill"), (28, "fault"), (3, "clock"), (3, "no")) switch
        {
            "other" => MakeOther(),
            "operator" => MakeNested(step.Operator == "A" ? "B" : "A"),
            "kill" => new Step { Verb = _chance.Of("kill", "kill-after") },
            "fault" => new Step { Verb = "fault", Names = [_chance.Of(Faults)] },
            "clock" => MakeClock(),
            _ => new Step { Verb = "no" },
        };
        var anchor = doing.Verb switch
        {
            "no" => Anchor.Prompt,
            "fault" => _chance.Weighted((35, Anchor.At), (30, Anchor.Order), (20, Anchor.Update), (15, Anchor.Patch)),
            "kill" or "kill-after" => _chance.Weighted((35, Anchor.At), (25, Anchor.Order), (15, Anchor.Update), (15, Anchor.Patch), (10, Anchor.Line)),
            _ => _chance.Weighted((55, Anchor.Prompt), (45, Anchor.At)),
        };
        var number = anchor switch
        {
            Anchor.At => _chance.Between(3, 50),
            Anchor.Line => _chance.Between(1, 20),
            Anchor.Prompt => _chance.Between(1, 4),
            _ => _chance.Between(1, 3),
        };
        return new Happening(anchor, number, doing);
    }
}
