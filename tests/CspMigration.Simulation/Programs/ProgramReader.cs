using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Simulation.Worlds;

namespace CspMigration.Simulation.Programs;

/// <summary>Reads a program from its text: the world first, then a step a line, and indented below it what happens meanwhile.</summary>
internal sealed class ProgramReader(string text)
{
    private WorldSpec _world = new();
    private readonly List<LimitSpec> _limits = [];
    private readonly List<CustomerSpec> _customers = [];
    private readonly List<Step> _steps = [];

    /// <exception cref="FormatException">A line cannot be read; the message has it.</exception>
    public SimulationProgram Read()
    {
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0 && !line.TrimStart().StartsWith('#')))
        {
            try
            {
                Read(line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
            {
                throw new FormatException($"This line of a program cannot be read: {line.Trim()} ({e.Message})", e);
            }
        }

        return new SimulationProgram(_world with { Limits = _limits, Customers = _customers }, _steps);
    }

    private void Read(string[] words)
    {
        switch (words[0])
        {
            case "world":
                _world = ReadWorld(words);
                break;
            case "limit":
                _limits.Add(new LimitSpec(words[1], Number(words[2]), words.Contains("for-life")));
                break;
            case "customer":
                _customers.Add(new CustomerSpec { Name = words[1] });
                break;
            case "sub":
                Add(customer => customer with { Subscriptions = [.. customer.Subscriptions, ReadSubscription(words)] });
                break;
            case "units":
                Add(customer => customer with { OtherUnits = [.. customer.OtherUnits, (words[1], Number(words[2]))] });
                break;
            case "user":
                Add(customer => customer with { Users = [.. customer.Users, ReadUser(words)] });
                break;
            case var word when words.Length > 2 && Enum.TryParse<Anchor>(word, ignoreCase: true, out var anchor) && words[1].EndsWith(':'):
                var step = _steps[^1];
                _steps[^1] = step with { Happenings = [.. step.Happenings, new Happening(anchor, Number(words[1].TrimEnd(':')), ReadStep(words[2..]))] };
                break;
            default:
                _steps.Add(ReadStep(words));
                break;
        }
    }

    private void Add(Func<CustomerSpec, CustomerSpec> change) => _customers[^1] = change(_customers[^1]);

    private static WorldSpec ReadWorld(string[] words) => new()
    {
        Commerce = words[1],
        Provisioning = Duration(Value(words, "provisioning")),
        OrderLag = Duration(Value(words, "order-lag")),
        ListLag = Duration(Value(words, "list-lag")),
        ViewLag = Duration(Value(words, "view-lag")),
        UnitsLag = Duration(Value(words, "units-lag")),
        DropsMarks = words.Contains("drops-marks"),
    };

    private static SubscriptionSpec ReadSubscription(string[] words) => new()
    {
        Name = words[1],
        Product = words[2],
        Seats = Number(Value(words, "seats")),
        EndsIn = Number(Value(words, "ends")),
        Renews = words.Contains("renews"),
        IsNewCommerce = words.Contains("new"),
        IsTrial = words.Contains("trial"),
        Parent = Value(words, "of"),
        Reseller = Value(words, "reseller"),
        Cycle = Value(words, "cycle") ?? "monthly",
        Term = Value(words, "term") ?? "P1Y",
        SuspendedFor = Value(words, "suspended") is { } days ? Number(days) : null,
    };

    private static UserSpec ReadUser(string[] words)
    {
        string[] flags = ["no-location", "deleted", "refused"];
        return new UserSpec
        {
            Name = words[1],
            Licenses = [.. words[2..].Except(flags).Select(ReadLicense)],
            HasLocation = !words.Contains(flags[0]),
            IsDeleted = words.Contains(flags[1]),
            IsRefused = words.Contains(flags[2]),
        };
    }

    private static LicenseSpec ReadLicense(string word)
    {
        var parts = word.Split('/');
        var off = parts.FirstOrDefault(part => part.StartsWith("off", StringComparison.Ordinal));
        return new LicenseSpec(parts[0], parts.Contains("group"), off is null ? 0 : Number(off[3..]));
    }

    private static Step ReadStep(string[] words)
    {
        var (by, rest) = words[0].EndsWith(':') ? (words[0].TrimEnd(':'), words[1..]) : ("A", words);
        return new Step
        {
            Operator = by,
            Verb = rest[0],
            Names = [.. rest[1..].Where(word => !IsOption(word))],
            Options = [.. rest[1..].Where(IsOption)],
        };
    }

    private static bool IsOption(string word) => word.Contains('=') || StepWords.Switches.Contains(word);

    private static string? Value(string[] words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private static int Number(string? word) => int.Parse(word ?? throw new FormatException("A number is missing."), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A duration such as <c>5d</c>, <c>3m</c> or <c>2s</c>.</summary>
    public static TimeSpan Duration(string? word) => word is null ? TimeSpan.Zero : word[^1] switch
    {
        'd' => TimeSpan.FromDays(double.Parse(word[..^1], CultureInfo.InvariantCulture)),
        'm' => TimeSpan.FromMinutes(double.Parse(word[..^1], CultureInfo.InvariantCulture)),
        's' => TimeSpan.FromSeconds(double.Parse(word[..^1], CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"\"{word}\" is no duration."),
    };
}
