using System;
using System.Collections.Generic;
using System.Net.Http;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>One call as a caller means it, whatever number of attempts it takes.</summary>
internal sealed class ServiceRequest
{
    private static readonly HttpMethod PatchMethod = new("PATCH");

    private ServiceRequest(HttpMethod method, ServiceRoute route, Repeatability repeatability, JToken? body)
    {
        Method = method;
        Route = route;
        Repeatability = repeatability;
        Body = body;
    }

    public HttpMethod Method { get; }

    public ServiceRoute Route { get; }

    public Repeatability Repeatability { get; }

    public JToken? Body { get; }

    /// <summary>The idempotency key: the same for every attempt of this call.</summary>
    public Guid RequestId { get; private init; } = Guid.NewGuid();

    /// <summary>The entity tag the resource was read with; null where it has none.</summary>
    public string? EntityTag { get; private init; }

    /// <summary>Headers a next-page link asks for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> PageHeaders { get; private init; } = [];

    public static ServiceRequest Get(ServiceRoute route) => new(HttpMethod.Get, route, Repeatability.Always, body: null);

    public static ServiceRequest GetPage(ServiceRoute route, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        return new(HttpMethod.Get, route, Repeatability.Always, body: null) { PageHeaders = headers };
    }

    /// <summary>A change that names the state to reach, and nothing else.</summary>
    public static ServiceRequest Patch(ServiceRoute route, JToken body) => new(PatchMethod, route, Repeatability.Always, body);

    /// <summary>A whole resource as it was just read, with a change in it.</summary>
    public static ServiceRequest PatchWhole(ServiceRoute route, JToken body, string? entityTag)
    {
        return new(PatchMethod, route, Repeatability.AfterReading, body) { EntityTag = entityTag };
    }

    /// <summary>A change that, done twice, is done twice.</summary>
    /// <param name="route">Where to.</param>
    /// <param name="body">What.</param>
    /// <param name="requestId">The key under which the service recognizes a repetition.</param>
    public static ServiceRequest Post(ServiceRoute route, JToken? body, Guid requestId)
    {
        return new(HttpMethod.Post, route, Repeatability.AfterRefusal, body) { RequestId = requestId };
    }

    /// <summary>A POST that may be done twice: a question, or something without effect until it is submitted.</summary>
    public static ServiceRequest PostRepeatable(ServiceRoute route, JToken body) => new(HttpMethod.Post, route, Repeatability.Always, body);

    /// <summary>A PATCH that adds something and so, done twice, adds it twice.</summary>
    /// <inheritdoc cref="Post"/>
    public static ServiceRequest PatchOnce(ServiceRoute route, JToken body, Guid requestId)
    {
        return new(PatchMethod, route, Repeatability.AfterRefusal, body) { RequestId = requestId };
    }
}
