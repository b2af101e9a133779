namespace CspMigration.Sandbox;

/// <summary>
/// A fault: of the requests with this method and route it lets <see cref="Skip"/> pass and hits the next <see cref="Times"/>.
/// Each fault counts independently.
/// </summary>
public sealed class SandboxFault
{
    /// <summary>Creates a fault.</summary>
    /// <param name="method">An HTTP method, or <c>*</c>.</param>
    /// <param name="route">A route by its name, such as <c>/v1/customers/{customerId}/orders</c>, or <c>*</c>.</param>
    /// <param name="action">
    /// <c>status:503</c> (also <c>status:429;retry-after=1</c> and <c>status:403;code=2091</c>), <c>drop-before</c>,
    /// <c>drop-after</c>, <c>delay:2000</c>, <c>truncate</c>, <c>html</c> or <c>empty</c>.
    /// </param>
    /// <param name="skip">How many matching requests pass first.</param>
    /// <param name="times">How many requests it hits after that.</param>
    public SandboxFault(string method, string route, string action, int skip = 0, int times = 1)
    {
        Method = method;
        Route = route;
        Action = action;
        Skip = skip;
        Times = times;
    }

    /// <summary>An HTTP method, or <c>*</c>.</summary>
    public string Method { get; }

    /// <summary>The name of a route, or <c>*</c>.</summary>
    public string Route { get; }

    /// <summary>How many matching requests pass first.</summary>
    public int Skip { get; }

    /// <summary>How many requests it hits after that.</summary>
    public int Times { get; }

    /// <summary>The effect, as in the constructor.</summary>
    public string Action { get; }
}
