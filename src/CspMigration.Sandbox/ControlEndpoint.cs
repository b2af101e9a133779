using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Spelling;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace CspMigration.Sandbox;

/// <summary>The /sandbox routes: the public methods of a tenant as JSON over HTTP.</summary>
internal sealed class ControlEndpoint
{
    private const string Prefix = "/sandbox";

    private static readonly JsonSerializerSettings Format = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
    };

    private readonly SandboxTenant _tenant;
    private readonly Dictionary<string, Func<SandboxRequest, object>> _controls;

    public ControlEndpoint(SandboxTenant tenant)
    {
        _tenant = tenant;
        _controls = new(AnyCase.Comparer)
        {
            ["GET /sandbox/state"] = _ => ReadState(),
            ["GET /sandbox/requests"] = _ => _tenant.GetRequests(),
            ["POST /sandbox/reset"] = Reset,
            ["POST /sandbox/faults"] = SetFaults,
            ["POST /sandbox/clock"] = MoveClock,
            ["POST /sandbox/devicecode"] = AnswerDeviceCode,
        };
    }

    public static bool Owns(string path) =>
        path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == Prefix.Length || path[Prefix.Length] == '/');

    public SandboxResponse Answer(SandboxRequest request)
    {
        try
        {
            return _controls.TryGetValue(request.Method + " " + request.Path.TrimEnd('/'), out var control)
                ? Respond(200, control(request))
                : Respond(404, new { message = $"There is no such control. Known are: {string.Join(", ", _controls.Keys)}." });
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return Respond(400, new { message = e.Message });
        }
    }

    private static SandboxResponse Respond(int status, object body) =>
        new(status, "application/json; charset=utf-8", Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(body, Format)), []);

    private static void CheckNames(JsonBody body, params string[] known)
    {
        foreach (var name in body.Names.Where(name => !known.Contains(name, AnyCase.Comparer)))
        {
            throw new FormatException($"There is no member \"{name}\" here. Known are: {string.Join(", ", known)}.");
        }
    }

    private object ReadState()
    {
        var state = _tenant.GetState();
        return new { customers = state.Customers, violations = state.IsObserved ? state.Violations : null };
    }

    private object Reset(SandboxRequest request)
    {
        var body = JsonBody.Parse(request.Body);
        CheckNames(body, "scenario", "seed");
        _tenant.Reset(body.Text("scenario"), body.Whole("seed"));
        return new { now = _tenant.Now };
    }

    private object SetFaults(SandboxRequest request)
    {
        var faults = JsonBody.ParseToken(request.Body) switch
        {
            null => [],
            JArray items => items.Select(Fault).ToArray(),
            _ => throw new FormatException("The faults must be a list."),
        };
        _tenant.SetFaults(faults);
        return new { faults = faults.Length };
    }

    private static SandboxFault Fault(JToken item)
    {
        var body = new JsonBody(item as JObject ?? throw new FormatException("A fault must be an object."));
        CheckNames(body, "method", "route", "skip", "times", "action");
        return new SandboxFault(
            body.Text("method") ?? "*",
            body.Text("route") ?? "*",
            body.Text("action") ?? throw new FormatException("A fault has no action."),
            body.Whole("skip") ?? 0,
            body.Whole("times") ?? 1);
    }

    private object MoveClock(SandboxRequest request)
    {
        var body = JsonBody.Parse(request.Body);
        CheckNames(body, "advance", "now");
        if (body.Has("advance") == body.Has("now"))
        {
            throw new FormatException("The clock needs either advance, a duration such as P91D, or now, a point in time.");
        }

        if (body.Text("advance") is { } advance)
        {
            _tenant.AdvanceClock(Duration(advance));
        }
        else
        {
            _tenant.AdvanceClock(Moment(body.Text("now")!));
        }

        return new { now = _tenant.Now };
    }

    private object AnswerDeviceCode(SandboxRequest request)
    {
        var body = JsonBody.Parse(request.Body);
        CheckNames(body, "userCode", "answer");
        var userCode = body.Text("userCode") ?? throw new FormatException("The userCode is missing.");
        var answer = body.Text("answer") ?? "grant";
        _tenant.AnswerDeviceCode(userCode, answer switch
        {
            "grant" => true,
            "decline" => false,
            _ => throw new FormatException($"The answer is grant or decline, not \"{answer}\"."),
        });
        return new { answer };
    }

    private static TimeSpan Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"\"{text}\" is not a duration such as P91D.", e);
        }
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new FormatException($"\"{text}\" is not a point in time.");
}
