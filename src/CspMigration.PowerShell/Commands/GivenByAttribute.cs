using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CspMigration.Core.Wording;

namespace CspMigration.PowerShell.Commands;

/// <summary>
/// What a command works on, as the command before it gives it. An object of another kind that lacks the ids as well is
/// refused with the step that is missing, where the engine would only list the parameters it did not bind.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GivenByAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";

    private readonly Type _command;
    private readonly string[] _before;
    private readonly Lazy<IReadOnlyList<Type>> _types;
    private readonly Lazy<IReadOnlyList<IReadOnlyList<PropertyInfo>>> _idSets;

    /// <param name="command">The command's class: its parameters say what it takes from the pipeline.</param>
    /// <param name="before">The commands that come before it in a pipeline, in their order.</param>
    public GivenByAttribute(Type command, params string[] before)
    {
        _command = command;
        _before = before;
        _types = new Lazy<IReadOnlyList<Type>>(() =>
            [.. Parameters(attribute => attribute.ValueFromPipeline).Select(parameter => parameter.Property.PropertyType).Distinct()]);
        _idSets = new Lazy<IReadOnlyList<IReadOnlyList<PropertyInfo>>>(() =>
            [.. Parameters(attribute => attribute.ValueFromPipelineByPropertyName && attribute.Mandatory)
                .GroupBy(parameter => parameter.Attribute.ParameterSetName, parameter => parameter.Property, (_, ids) => ids.ToList())
                .OrderBy(ids => ids.Count)]);
    }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null)
        {
            return inputData!;
        }

        // Whether its ids are bound is decided after this: an object that has them is let through as it is.
        var input = PSObject.AsPSObject(inputData);
        var isTaken = _types.Value.Any(type => type.IsInstanceOfType(input.BaseObject))
            || _idSets.Value.Any(ids => !Missing(input, ids).Any())
            || _types.Value.Any(type => LanguagePrimitives.TryConvertTo(input, type, out _));
        return isTaken ? inputData : throw new ArgumentTransformationMetadataException(Refusal(input));
    }

    private string Refusal(PSObject input)
    {
        var ids = _idSets.Value.FirstOrDefault();
        var instead = ids is null ? "" : $"Ids can be given instead ({string.Join(", ", ids.Select(id => $"-{id.Name}"))}). ";
        var name = input.BaseObject is string text ? $" {Pasteable.Quote(text)}" : "";
        var line = string.Join(" | ", [_before[0] + name, .. _before.Skip(1), Name]);
        return $"{Name} takes what {_before[_before.Length - 1]} gives, and this is {KindOf(input, ids)}. {instead}As a pipeline: {line}";
    }

    private string Name
    {
        get
        {
            var cmdlet = _command.GetCustomAttribute<CmdletAttribute>();
            return $"{cmdlet.VerbName}-{cmdlet.NounName}";
        }
    }

    private static string KindOf(PSObject input, IReadOnlyList<PropertyInfo>? ids)
    {
        var saved = input.TypeNames.FirstOrDefault(name => name.StartsWith(Deserialized, StringComparison.Ordinal));
        return input.BaseObject is string text ? $"the text \"{text}\""
            : input.BaseObject is IEnumerable and not IDictionary ? "a list: pipe it"
            : saved is not null ? $"a saved {ShortNameOf(saved)}"
            : input.BaseObject is not PSCustomObject ? $"an object of the type {input.BaseObject.GetType().Name}"
            : ids is null ? "another record, such as one from a CSV"
            : $"a record without {string.Join(" and ", Missing(input, ids))}";
    }

    private static string ShortNameOf(string type) => type.Substring(type.LastIndexOf('.') + 1);

    private static IEnumerable<string> Missing(PSObject input, IEnumerable<PropertyInfo> ids)
    {
        return ids.Where(id => input.Properties[id.Name] is not { } property
            || (id.IsDefined(typeof(ValidateNotNullOrEmptyAttribute)) && string.IsNullOrEmpty(property.Value?.ToString()))).Select(id => id.Name);
    }

    private IEnumerable<(PropertyInfo Property, ParameterAttribute Attribute)> Parameters(Func<ParameterAttribute, bool> isMeant)
    {
        return _command.GetProperties().SelectMany(property => property.GetCustomAttributes<ParameterAttribute>().Where(isMeant).Select(attribute => (property, attribute)));
    }
}
