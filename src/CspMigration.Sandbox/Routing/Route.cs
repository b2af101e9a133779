using System;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox.Routing;

/// <summary>One operation: its method, its path with named ids, and its requirements.</summary>
internal sealed class Route
{
    public const string CustomerId = "customerId";

    /// <summary>Any method, for routes that are not modeled.</summary>
    public const string AnyMethod = "*";

    /// <summary>The end of a template that stands for the path and all paths below it.</summary>
    public const string Below = "/**";

    /// <summary>What all paths of Microsoft Graph begin with.</summary>
    public const string GraphRoot = "/v1.0/";

    /// <summary>Many requests of Microsoft Graph in one.</summary>
    public const string Batch = GraphRoot + "$batch";

    public Route(string method, string template, Needs needs, Func<Call, Answer> operation)
    {
        Method = method;
        Template = template;
        Needs = needs;
        Operation = operation;
        IsCustomers = template.Contains("{" + CustomerId + "}");
        IsOfApi = template.StartsWith("/v1/", StringComparison.Ordinal);
        IsOfGraph = template.StartsWith(GraphRoot, StringComparison.Ordinal);
        Family = IsOfApi ? RouteFamilies.Of(template) : null;
    }

    /// <summary>A route of the service that the sandbox does not model.</summary>
    /// <param name="method">A method, or <see cref="AnyMethod"/>.</param>
    /// <param name="template">A path; <see cref="Below"/> at its end includes all paths below it.</param>
    /// <param name="what">The end of the sentence "The sandbox does not model …".</param>
    public static Route Missing(string method, string template, string what) =>
        new(method, template, Needs.None, _ => throw Refusals.NotModeled(what)) { IsModeled = false };

    public string Method { get; }

    public string Template { get; }

    public Needs Needs { get; }

    public Func<Call, Answer> Operation { get; }

    /// <summary>False for sign-in, which has no rate limit and no idempotency.</summary>
    public bool IsOfApi { get; }

    /// <summary>Whether it is Microsoft Graph's: the customer is the tenant of the token.</summary>
    public bool IsOfGraph { get; }

    /// <summary>False for routes that answer 501.</summary>
    public bool IsModeled { get; private init; } = true;

    /// <summary>Null if it has no rate limit.</summary>
    public RouteFamily? Family { get; }

    /// <summary>Its entry in the audit log; null for none.</summary>
    public AuditDescription? Audited { get; init; }

    /// <summary>True if the path has a customer id; the operation then holds that customer's gate.</summary>
    public bool IsCustomers { get; }

    /// <summary>Method and template.</summary>
    public string Name => Method + " " + Template;

    /// <summary>Whether its answers are kept by MS-RequestId.</summary>
    public bool IsRemembered => IsOfApi && IsModeled && Method is "POST" or "PUT" or "PATCH" or "DELETE";

    /// <summary>Whether it changes data; validations by POST do not.</summary>
    public bool IsWrite => Needs.HasFlag(Needs.GraphWrite) || IsRemembered
        && !Template.EndsWith("/validate", StringComparison.Ordinal)
        && !Template.EndsWith("/promotionEligibilities", StringComparison.Ordinal)
        && !Template.StartsWith("/v1/validations/", StringComparison.Ordinal);
}
