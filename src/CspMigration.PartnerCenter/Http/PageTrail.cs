using System;
using System.Collections.Generic;
using CspMigration.PartnerCenter.Errors;
using Newtonsoft.Json.Linq;

namespace CspMigration.PartnerCenter.Http;

/// <summary>The way through the pages of one list, which must not lead in a circle.</summary>
internal sealed class PageTrail
{
    private readonly Uri _baseAddress;
    private readonly string _resource;
    private HashSet<string>? _seen;

    /// <param name="baseAddress">The address all pages have to be below.</param>
    /// <param name="resource">What is listed, for errors.</param>
    public PageTrail(Uri baseAddress, string resource)
    {
        _baseAddress = baseAddress;
        _resource = resource;
    }

    /// <summary>The request for the page after this one; null where this was the last.</summary>
    /// <exception cref="Contracts.CspMigrationException">The pages lead in a circle, or to another host.</exception>
    public ServiceRequest? Next(JToken? page)
    {
        var next = NextPageLink.Read(page, _baseAddress);
        if (next is null)
        {
            return null;
        }

        _seen ??= new HashSet<string>(StringComparer.Ordinal);
        return _seen.Add(next.Route + " " + string.Join(" ", next.PageHeaders))
            ? next
            : throw PartnerCenterErrors.UnexpectedAnswer.Exception($"The service's pages of {_resource} lead in a circle.");
    }
}
