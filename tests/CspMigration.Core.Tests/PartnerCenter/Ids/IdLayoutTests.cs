using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using CspMigration.Core.Sessions;
using CspMigration.Graph;
using CspMigration.PartnerCenter;
using Xunit;

namespace CspMigration.Core.Tests.PartnerCenter.Ids;

/// <summary>Ids are text at the edges only: in what is public, which the cmdlets call, and in what is sent.</summary>
public sealed class IdLayoutTests
{
    private static readonly string[] Kinds = ["CustomerId", "SubscriptionId", "OrderId", "UserId", "GroupId", "OfferId", "ItemId", "ProductSku"];

    private static readonly string[] Edges = ["CspMigration.PartnerCenter.Http", "CspMigration.PartnerCenter.Pacing", "CspMigration.Core.Reporting"];

    private static readonly Assembly[] Libraries = [typeof(PartnerCenterClient).Assembly, typeof(GraphClient).Assembly, typeof(PartnerSession).Assembly];

    [Fact]
    public void No_internal_type_has_an_id_as_text()
    {
        var members = Libraries.SelectMany(library => library.GetTypes())
            .Where(type => !type.IsVisible && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !Edges.Any(edge => type.Namespace?.StartsWith(edge, StringComparison.Ordinal) == true))
            .SelectMany(MembersOf)
            .Where(member => (member.Type == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(member.Type)) && Kinds.Any(kind => member.Name.TrimEnd('s').EndsWith(kind, StringComparison.OrdinalIgnoreCase)))
            .Select(member => $"{member.Of}: {member.Name}");

        Assert.Empty(members);
    }

    [Fact]
    public void Nothing_public_has_a_type_of_id()
    {
        var members = Libraries.SelectMany(library => library.GetExportedTypes())
            .SelectMany(MembersOf)
            .Where(member => member.IsPublic && member.Type.ToString().Contains("CspMigration.PartnerCenter.Ids", StringComparison.Ordinal))
            .Select(member => $"{member.Of}: {member.Name}");

        Assert.Empty(members);
    }

    // The runtime can crash as it loads such a type, depending on what was loaded before.
    [Fact]
    public void No_struct_has_a_field_that_is_generic_over_the_struct_itself()
    {
        var structs = Libraries.SelectMany(library => library.GetTypes()).Where(type => type is { IsValueType: true, IsGenericTypeDefinition: false });

        Assert.DoesNotContain(structs, type => type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance).Any(field => field.FieldType.GenericTypeArguments.Contains(type)));
    }

    private static IEnumerable<(string Of, string Name, Type Type, bool IsPublic)> MembersOf(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(All).Select(property => ($"{type}", property.Name, property.PropertyType, property.GetMethod?.IsPublic == true));
        var parameters = type.GetMethods(All).Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute))).Cast<MethodBase>().Concat(type.GetConstructors(All))
            .SelectMany(method => method.GetParameters().Select(parameter => ($"{type}.{method.Name}", parameter.Name ?? "", parameter.ParameterType, method.IsPublic)));
        return properties.Concat(parameters);
    }
}
