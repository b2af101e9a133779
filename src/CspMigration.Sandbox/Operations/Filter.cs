using System;
using System.Text;
using CspMigration.Sandbox.Errors;
using CspMigration.Sandbox.Http;

namespace CspMigration.Sandbox.Operations;

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

    public static Filter? Of(Call call)
    {
        if (call.Query["filter"] is not { } text)
        {
            return null;
        }

        var body = JsonBody.Parse(Encoding.UTF8.GetBytes(text));
        return new Filter(Member(body, "Field"), Member(body, "Operator"), Member(body, "Value"));
    }

    public bool StartsWith(string text) => text.StartsWith(Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses any operator but the one this field knows.</summary>
    public void Expect(string op)
    {
        if (!Same.Text(Operator, op))
        {
            throw Refuse.BadInput($"The filter field {Field} knows only the operator {op}.");
        }
    }

    public ServiceException Unknown() => Refuse.BadInput($"There is no filter field {Field} here.");

    private static string Member(JsonBody body, string name) =>
        body.Text(name) ?? throw Refuse.BadInput($"The filter has no {name}.");
}
