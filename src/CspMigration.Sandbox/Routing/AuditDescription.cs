using System;
using System.Linq;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.State;
using Newtonsoft.Json.Linq;

namespace CspMigration.Sandbox.Routing;

/// <summary>How the audit log describes a request.</summary>
internal sealed class AuditDescription
{
    private readonly string _operation;
    private readonly string _resourceType;

    public AuditDescription(string operation, string resourceType)
    {
        _operation = operation;
        _resourceType = resourceType;
    }

    public void Write(AuditLog log, Customer customer, RouteMatch match, Answer answer, DateTimeOffset now)
    {
        var id = (string?)(answer.Body as JObject)?["id"] ?? match.Parameters.Values.Last();
        log.Add(new AuditRecord(customer, _operation, _resourceType, id, now));
    }
}
