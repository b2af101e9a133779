namespace CspMigration.Sandbox;

/// <summary>An operation that the sandbox knows.</summary>
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

    /// <summary>The path with the names of the ids in it: <c>/v1/customers/{customerId}</c>. Behind <c>/**</c> it goes on in any way.</summary>
    public string Path { get; }

    /// <summary>False for what the service has and the sandbox answers with 501.</summary>
    public bool IsModeled { get; }

    /// <summary>Method and path.</summary>
    public override string ToString() => Method + " " + Path;
}
