using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.Oracle;

namespace CspMigration.Sandbox.Server;

/// <summary>The command line.</summary>
internal sealed class ServerArguments
{
    private const int DefaultPort = 5080;

    private ServerArguments(SandboxTenant? tenant)
    {
        Tenant = tenant;
    }

    public static string Help { get; } = $"""
        Partner Center in a box, on loopback.

        --port <number>                      the port; 0 for any free one (default {DefaultPort})
        --scenario <name[:option=value,…]>   what the partner has (default contoso)
        --seed <number>                      what the ids depend on (default 42)
        --latency <milliseconds>             how long every request takes (default 0)
        --rate-limit <number>                requests a minute for each API family (default: no limit)
        --provisioning-delay <milliseconds>  how long a purchase takes until its seats are there (default 200)
        --exit-with-stdin                    end when standard input is closed
        --help                               this text

        docs/partner-center.md lists every route: what is modeled, what is not, and from which public page.

        Scenarios:
        {string.Join(Environment.NewLine, SandboxTenant.Scenarios.SelectMany(Describe))}

        Options of every scenario, the first value being the default:
        {string.Join(Environment.NewLine, SandboxTenant.CommonOptions.Select(option => "  " + option))}
        """;

    public int Port { get; private init; }

    public bool ExitsWithStdin { get; private init; }

    public bool WantsHelp { get; private init; }

    /// <summary>Null if only help is requested.</summary>
    public SandboxTenant? Tenant { get; }

    /// <exception cref="ArgumentException">An argument is not valid; the message names it.</exception>
    public static ServerArguments Parse(string[] args)
    {
        var options = new SandboxOptions();
        var port = DefaultPort;
        var exitsWithStdin = false;
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            switch (name)
            {
                case "--help":
                    return new ServerArguments(null) { WantsHelp = true };
                case "--exit-with-stdin":
                    exitsWithStdin = true;
                    break;
                case "--port":
                    port = Number(name, rest, 0, 65535);
                    break;
                case "--scenario":
                    options.Scenario = Value(name, rest);
                    break;
                case "--seed":
                    options.Seed = Number(name, rest, 0, int.MaxValue);
                    break;
                case "--latency":
                    options.Latency = Milliseconds(name, rest);
                    break;
                case "--rate-limit":
                    options.RateLimit = Number(name, rest, 1, int.MaxValue);
                    break;
                case "--provisioning-delay":
                    options.ProvisioningDelay = Milliseconds(name, rest);
                    break;
                default:
                    throw new ArgumentException($"There is no argument {name}: --help lists them.");
            }
        }

        return new ServerArguments(ObservedSandbox.Create(options)) { Port = port, ExitsWithStdin = exitsWithStdin };
    }

    private static IEnumerable<string> Describe(SandboxScenario scenario) =>
        scenario.Options.Select(option => "    " + option).Prepend($"  {scenario.Name}: {scenario.Description}");

    private static TimeSpan Milliseconds(string name, Queue<string> rest) => TimeSpan.FromMilliseconds(Number(name, rest, 0, int.MaxValue));

    private static int Number(string name, Queue<string> rest, int minimum, int maximum)
    {
        var text = Value(name, rest);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new ArgumentException($"{name} needs a whole number from {minimum} to {maximum}, not \"{text}\".");
    }

    private static string Value(string name, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new ArgumentException($"{name} needs a value.");
}
