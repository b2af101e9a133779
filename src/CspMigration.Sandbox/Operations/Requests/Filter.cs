using System;
using System.Text;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;
using CspMigration.Sandbox.Routing;
using CspMigration.Sandbox.Spelling;
using CspMigration.Sandbox.Wire;

namespace CspMigration.Sandbox.Operations.Requests;

/// <summary>The <c>filter</c> of a list: one field, one operator, one value, as JSON.</summary>
internal sealed class Filter
{
    private Filter(string field, string op, string value)
    {
        Field = field;
        Operator = op;
        Value = value;
    }

    public string Field { get; }

    public string Operator { get; }

    public string Value { get; }

    /// <summary>The filter of a request, with field and operator in the service's spelling; null if there is none.</summary>
    /// <param name="call">The request.</param>
    /// <param name="fields">The fields of the filter.</param>
    public static Filter? Of(Call call, Vocabulary fields)
    {
        if (call.Query["filter"] is not { } text)
        {
            return null;
        }

        var body = JsonBody.Parse(Encoding.UTF8.GetBytes(text));
        return new Filter(Member(body, "Field", fields), Member(body, "Operator", Words.FilterOperators), Member(body, "Value"));
    }

    public bool StartsWith(string text) => text.StartsWith(Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses every operator except the one that the field supports.</summary>
    public void Expect(string op)
    {
        if (Operator != op)
        {
            throw Refusals.BadInput($"The filter field {Field} knows only the operator {op}.");
        }
    }

    private static string Member(JsonBody body, string name, Vocabulary words)
    {
        var text = Member(body, name);
        return words.Find(text) ?? throw Refusals.BadInput($"The filter has no {name} {text} here: it is one of {words}.");
    }

    private static string Member(JsonBody body, string name) =>
        body.Text(name) ?? throw Refusals.BadInput($"The filter has no {name}.");
}
