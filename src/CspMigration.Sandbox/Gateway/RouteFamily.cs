namespace CspMigration.Sandbox.Gateway;

/// <summary>The families of operations, each of which is limited in rate on its own.</summary>
internal sealed class RouteFamily
{
    public static readonly RouteFamily Subscriptions = new("subscriptions");
    public static readonly RouteFamily Orders = new("orders");
    public static readonly RouteFamily Others = new("others");

    private RouteFamily(string name)
    {
        Name = name;
    }

    public string Name { get; }

    public static RouteFamily Of(string path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (Same.Text(segment, "subscriptions"))
            {
                return Subscriptions;
            }

            if (Same.Text(segment, "orders") || Same.Text(segment, "carts"))
            {
                return Orders;
            }
        }

        return Others;
    }
}
