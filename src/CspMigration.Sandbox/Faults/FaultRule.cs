using System.Threading;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.Faults;

/// <summary>One fault and how often it has been met.</summary>
internal sealed class FaultRule
{
    private readonly SandboxFault _fault;
    private int _met;

    public FaultRule(SandboxFault fault, FaultAction action)
    {
        _fault = fault;
        Action = action;
    }

    public FaultAction Action { get; }

    /// <summary>Counts the request if it matches; true where it is one of those to hit.</summary>
    public bool Hits(string method, string? route)
    {
        if (!Matches(_fault.Method, method) || !Matches(_fault.Route, route))
        {
            return false;
        }

        var met = Interlocked.Increment(ref _met);
        return met > _fault.Skip && met <= (long)_fault.Skip + _fault.Times;
    }

    private static bool Matches(string pattern, string? text) => pattern == "*" || Same.Text(pattern, text);
}
