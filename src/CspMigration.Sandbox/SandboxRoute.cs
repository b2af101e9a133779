namespace CspMigration.Sandbox;

/// <summary>A route of the sandbox.</summary>
public sealed class SandboxRoute
{
    internal SandboxRoute(string method, string path, bool isModeled)
    {
        Method = method;
        Path = path;
        IsModeled = isModeled;
    }

    /// <summary>The method; <c>*</c> for any.</summary>
    public string Method { get; }

    /// <summary>The path with named ids: <c>/v1/customers/{customerId}</c>. <c>/**</c> at its end stands for all paths below it.</summary>
    public string Path { get; }

    /// <summary>False for routes of the service that the sandbox answers with 501.</summary>
    public bool IsModeled { get; }

    /// <summary>Method and path.</summary>
    public override string ToString() => Method + " " + Path;
}
