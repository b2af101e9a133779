using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox.Routing;

/// <summary>One operation: its method, its path with the names of the ids in it, and what the caller needs for it.</summary>
internal sealed class Route
{
    public const string CustomerId = "customerId";

    /// <summary>Of what is not modeled: whatever method is used.</summary>
    public const string AnyMethod = "*";

    /// <summary>At the end of a template: the path and everything below it.</summary>
    public const string Below = "/**";

    public Route(string method, string template, Needs needs, Func<Call, Answer> operation)
    {
        Method = method;
        Template = template;
        Needs = needs;
        Operation = operation;
        IsCustomers = template.Contains("{" + CustomerId + "}");
        IsOfApi = template.StartsWith("/v1/", StringComparison.Ordinal);
        Family = IsOfApi ? RouteFamilies.Of(template) : null;
    }

    /// <summary>What the service has and the sandbox has not.</summary>
    /// <param name="method">A method, or <see cref="AnyMethod"/>.</param>
    /// <param name="template">A path, with <see cref="Below"/> for all paths below it too.</param>
    /// <param name="what">What is not modeled, to go on after "the sandbox does not model".</param>
    public static Route Missing(string method, string template, string what) =>
        new(method, template, Needs.None, _ => throw Refusals.NotModeled(what)) { IsModeled = false };

    public string Method { get; }

    public string Template { get; }

    public Needs Needs { get; }

    public Func<Call, Answer> Operation { get; }

    /// <summary>False for the sign-in, which is neither limited nor repeatable.</summary>
    public bool IsOfApi { get; }

    /// <summary>False for what is answered with 501.</summary>
    public bool IsModeled { get; private init; } = true;

    /// <summary>Null where there is no limit.</summary>
    public RouteFamily? Family { get; }

    /// <summary>What is written down about it; null for nothing.</summary>
    public AuditDescription? Audited { get; init; }

    /// <summary>True where the path names a customer, whose gate the operation then holds.</summary>
    public bool IsCustomers { get; }

    /// <summary>How it is counted.</summary>
    public string Name => Method + " " + Template;

    /// <summary>Its answers are remembered, so that it can be sent again.</summary>
    public bool IsRemembered => IsOfApi && IsModeled && Method is "POST" or "PUT" or "PATCH" or "DELETE";

    /// <summary>It changes something: a question that is asked by POST does not.</summary>
    public bool IsWrite => IsRemembered
        && !Template.EndsWith("/validate", StringComparison.Ordinal)
        && !Template.EndsWith("/promotionEligibilities", StringComparison.Ordinal)
        && !Template.StartsWith("/v1/validations/", StringComparison.Ordinal);
}
