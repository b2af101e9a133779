using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Serialization;
using CspMigration.PowerShell.Wording;

namespace CspMigration.PowerShell.Parameters;

/// <summary>
/// What a command works on, as the command before it gives it. An object of another kind that lacks the ids as well is
/// refused with the step that is missing, where the engine would only list the parameters it did not bind.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExpectsOutputOfAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.";
    private const string Formatted = "Microsoft.PowerShell.Commands.Internal.Format.";
    private const string FormattedFirst = Formatted + "FormatStartData";

    // What separates the columns of a file, where it is not the comma that Import-Csv expects.
    private static readonly IReadOnlyList<KeyValuePair<char, string>> Delimiters = [new(';', "';'"), new('\t', "\"`t\""), new('|', "'|'")];

    // Where an object is refused, the command does not hear of it. Its instances are shared by all runspaces, each of which has its thread.
    [ThreadStatic]
    private static int _refused;

    // What is bound in place of the rest of a table, by type: an object of nothing, which only this class makes.
    private static readonly ConcurrentDictionary<Type, object> Rests = new();

    private readonly Type _command;
    private readonly string[] _before;
    private readonly Lazy<IReadOnlyList<Type>> _types;
    private readonly Lazy<IReadOnlyList<IReadOnlyList<PropertyInfo>>> _idSets;

    /// <param name="command">The command's class: its parameters say what it takes from the pipeline.</param>
    /// <param name="before">The commands that come before it in a pipeline, in their order.</param>
    public ExpectsOutputOfAttribute(Type command, params string[] before)
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

    /// <summary>How many objects have been refused in this thread, by any command.</summary>
    public static int Refused => _refused;

    /// <summary>
    /// Whether what is bound stands for the rest of a table that was refused with its first part: Format-Table makes several objects of
    /// one, and one error is enough. There is nothing to do for it.
    /// </summary>
    public static bool IsRestOfTable(object? bound) => ArgumentValue.Of(bound) is { } value && Rests.TryGetValue(value.GetType(), out var rest) && ReferenceEquals(rest, value);

    /// <summary>The line to give instead of one that starts with objects that were saved or come from a job, where ids are not enough; null where they are.</summary>
    public string? InsteadOfSaved { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null)
        {
            // No parameter of a command takes it.
            _refused++;
            return inputData!;
        }

        // Whether its ids are bound is decided after this: an object that has them is let through as it is.
        var input = PSObject.AsPSObject(inputData);
        var isTaken = _types.Value.Any(type => type.IsInstanceOfType(input.BaseObject))
            || _idSets.Value.Any(ids => !Missing(input, ids).Any())
            || _types.Value.Any(type => LanguagePrimitives.TryConvertTo(input, type, out _));
        if (isTaken)
        {
            return inputData;
        }

        _refused++;
        var type = input.BaseObject.GetType().FullName;
        if (type.StartsWith(Formatted, StringComparison.Ordinal) && type != FormattedFirst)
        {
            return Rests.GetOrAdd(_types.Value[0], FormatterServices.GetUninitializedObject);
        }

        throw new ArgumentTransformationMetadataException(Refusal(input));
    }

    private string Refusal(PSObject input)
    {
        var ids = _idSets.Value.FirstOrDefault();
        var instead = ids is null ? "" : $"Ids can be specified instead ({string.Join(", ", ids.Select(id => $"-{id.Name}"))}). ";
        var name = CustomerOf(input) is { } customer ? $" {Pasteable.Quote(customer)}" : "";
        var line = string.Join(" | ", [_before[0] + name, .. _before.Skip(1), Name]);
        var fromJournal = InsteadOfSaved is null ? "" : $". What was saved, or comes from a job, is in the journal whole: {InsteadOfSaved}";
        return $"{Name} accepts the output of {_before[_before.Length - 1]}. This is {KindOf(input, ids)}. {instead}As a pipeline: {line}{fromJournal}";
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
            : input.BaseObject.GetType().FullName.StartsWith(Formatted, StringComparison.Ordinal) ? "a table, made by Format-Table or another Format- command: those come last in a pipeline"
            : input.BaseObject is not PSCustomObject ? $"an object of the type {input.BaseObject.GetType().Name}"
            : ids is null ? "another record, such as one from a CSV"
            : $"a record without {string.Join(" and ", Missing(input, ids))}{OtherDelimiter(input)}";
    }

    // A file with other separators than Import-Csv expects is read as one column.
    private static string OtherDelimiter(PSObject input)
    {
        return input.Properties.Take(2).ToList() is { Count: 1 } columns && columns[0] is var only
            && Delimiters.FirstOrDefault(delimiter => only.Name.IndexOf(delimiter.Key) >= 0) is { Value: { } delimiter }
            ? $": its only column is \"{only.Name.Replace('\t', ' ')}\". Its file has another delimiter: Import-Csv -Delimiter {delimiter}" : "";
    }

    // The line is for the customer the refused object is of: without one it would be for all. What is taken whole is so for all of them.
    private string? CustomerOf(PSObject input)
    {
        var customer = input.BaseObject is string text ? text : InsteadOfSaved is null ? input.Properties["CustomerId"]?.Value?.ToString() : null;
        return string.IsNullOrWhiteSpace(customer) ? null : customer;
    }

    private static string ShortNameOf(string type) => type.Substring(type.LastIndexOf('.') + 1);

    private static IEnumerable<string> Missing(PSObject input, IEnumerable<PropertyInfo> ids)
    {
        return ids.Where(id => NamesOf(id).Select(name => input.Properties[name]).FirstOrDefault(property => property is not null) is not { } property
            || (id.IsDefined(typeof(ValidateNotNullOrEmptyAttribute)) && string.IsNullOrEmpty(property.Value?.ToString()))).Select(id => id.Name);
    }

    private static IEnumerable<string> NamesOf(PropertyInfo id) => [id.Name, .. id.GetCustomAttributes<AliasAttribute>().SelectMany(alias => alias.AliasNames)];

    private IEnumerable<(PropertyInfo Property, ParameterAttribute Attribute)> Parameters(Func<ParameterAttribute, bool> isMeant)
    {
        return _command.GetProperties().SelectMany(property => property.GetCustomAttributes<ParameterAttribute>().Where(isMeant).Select(attribute => (property, attribute)));
    }
}
