using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Reflection;

namespace CspMigration.HelpBuilder.Cmdlets;

/// <summary>Reads cmdlets from an assembly's metadata; none of its code is run.</summary>
internal static class CmdletReader
{
    private const string CmdletAttribute = "System.Management.Automation.CmdletAttribute";
    private const string ParameterAttribute = "System.Management.Automation.ParameterAttribute";
    private const string AliasAttribute = "System.Management.Automation.AliasAttribute";
    private const string OutputTypeAttribute = "System.Management.Automation.OutputTypeAttribute";
    private const string ValidateSetAttribute = "System.Management.Automation.ValidateSetAttribute";
    private const string SupportsWildcardsAttribute = "System.Management.Automation.SupportsWildcardsAttribute";

    /// <summary>The cmdlets of an assembly, by name.</summary>
    /// <param name="assembly">Its path.</param>
    /// <param name="references">The paths of what it was compiled against, the core library among them.</param>
    public static IReadOnlyList<Cmdlet> Read(string assembly, IReadOnlyList<string> references)
    {
        using var context = new MetadataLoadContext(new PathAssemblyResolver([.. references, assembly]), "netstandard");
        return [.. context.LoadFromAssemblyPath(assembly).GetExportedTypes()
            .Where(type => !type.IsAbstract)
            .Select(Read)
            .OfType<Cmdlet>()
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    private static Cmdlet? Read(Type type)
    {
        if (Find(type, CmdletAttribute) is not { } attribute)
        {
            return null;
        }

        var properties = type.GetProperties().Where(property => Find(property, ParameterAttribute) is not null);
        var parameters = properties.Select(Read);
        if (Value(attribute, "SupportsShouldProcess") is true)
        {
            parameters = parameters.Append(Switch("WhatIf", "wi")).Append(Switch("Confirm", "cf"));
        }

        return new Cmdlet(
            (string)attribute.ConstructorArguments[0].Value!,
            (string)attribute.ConstructorArguments[1].Value!,
            (string?)Value(attribute, "DefaultParameterSetName"),
            [.. parameters],
            [.. OutputTypes(type)]);
    }

    private static CmdletParameter Read(PropertyInfo property)
    {
        var type = Nullable(property.PropertyType);
        var aliases = Find(property, AliasAttribute) is { } alias ? Texts(alias.ConstructorArguments[0]) : [];
        var values = Find(property, ValidateSetAttribute) is { } set ? Texts(set.ConstructorArguments[0])
            : type.IsEnum ? type.GetEnumNames()
            : [];
        return new CmdletParameter
        {
            Name = property.Name,
            TypeName = type.Name,
            FullTypeName = type.FullName!,
            Aliases = [.. aliases],
            Values = [.. values],
            AcceptsWildcards = Find(property, SupportsWildcardsAttribute) is not null,
            Uses = [.. property.GetCustomAttributesData().Where(data => data.AttributeType.FullName == ParameterAttribute).Select(Use)],
        };
    }

    private static ParameterUse Use(CustomAttributeData attribute)
    {
        return new ParameterUse(
            (string?)Value(attribute, "ParameterSetName"),
            Value(attribute, "Mandatory") is true,
            (int?)Value(attribute, "Position"),
            Value(attribute, "ValueFromPipeline") is true,
            Value(attribute, "ValueFromPipelineByPropertyName") is true);
    }

    private static CmdletParameter Switch(string name, string alias)
    {
        return new CmdletParameter
        {
            Name = name,
            TypeName = "SwitchParameter",
            FullTypeName = "System.Management.Automation.SwitchParameter",
            Aliases = [alias],
            Values = [],
            AcceptsWildcards = false,
            Uses = [new ParameterUse(Set: null, IsMandatory: false, Position: null, ByValue: false, ByPropertyName: false)],
        };
    }

    private static IEnumerable<string> OutputTypes(Type type)
    {
        var arguments = Find(type, OutputTypeAttribute)?.ConstructorArguments[0].Value;
        var types = arguments is ReadOnlyCollection<CustomAttributeTypedArgument> list ? list.Select(item => (Type)item.Value!) : [];
        return types.Where(item => item.FullName != "System.Void").Select(item => item.Name);
    }

    private static Type Nullable(Type type) => type.IsGenericType && type.Name == "Nullable`1" ? type.GenericTypeArguments[0] : type;

    private static CustomAttributeData? Find(MemberInfo member, string attribute)
    {
        return member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.FullName == attribute);
    }

    private static object? Value(CustomAttributeData attribute, string name)
    {
        return attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
    }

    private static IEnumerable<string> Texts(CustomAttributeTypedArgument argument)
    {
        return ((ReadOnlyCollection<CustomAttributeTypedArgument>)argument.Value!).Select(item => (string)item.Value!);
    }
}
