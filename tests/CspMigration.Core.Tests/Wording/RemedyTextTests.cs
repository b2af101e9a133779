using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using CspMigration.Contracts;
using CspMigration.Core.Errors;
using CspMigration.Core.Purchases;
using CspMigration.PartnerCenter.Errors;
using CspMigration.PowerShell.Wording;
using Xunit;

namespace CspMigration.Core.Tests.Wording;

/// <summary>Every remedy has words, and no words are for a remedy that there is not.</summary>
public sealed class RemedyTextTests
{
    private static readonly MethodInfo[] Makers =
    [
        .. new[] { typeof(ServiceRemedies), typeof(Remedies), typeof(UserCommands), typeof(PurchaseCommands) }
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Remedy)),
    ];

    public static TheoryData<string> Ids => [.. Makers.Select(maker => maker.Name)];

    [Fact]
    public void Every_remedy_and_every_error_has_words_once_and_nothing_else_has()
    {
        var ids = Makers.Select(maker => maker.Name).Concat(ErrorCatalog.All.Select(error => error.Id)).ToList();

        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Count(), ids.Count);
        Assert.Equal(ids.Order(StringComparer.Ordinal), RemedyText.Ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_remedy_is_made_by_a_member_that_is_looked_at_here()
    {
        var made = new[] { typeof(ErrorDefinition).Assembly, typeof(ErrorCatalog).Assembly }
            .SelectMany(library => library.GetTypes())
            .Where(type => type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Remedy) && (method.DeclaringType!.Name.EndsWith("Remedies", StringComparison.Ordinal) || method.DeclaringType.Name.EndsWith("Commands", StringComparison.Ordinal)));

        Assert.Equal(Makers.Order(ByName), made.Order(ByName));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_words_of_a_remedy_have_all_that_it_comes_with(string id)
    {
        var maker = Makers.Single(method => method.Name == id);
        var given = maker.GetParameters().Select((parameter, index) => Sample(parameter, $"given{index}")).ToArray();
        var remedy = (Remedy)maker.Invoke(null, given)!;

        var text = remedy.ToString();

        Assert.NotEqual("", text);
        Assert.DoesNotMatch(@"\{\d", text);
        Assert.All(given.Where(argument => argument is not (bool or PurchaseAlternatives)), argument => Assert.Contains(TextOf(argument!), text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_names_of_the_errors_are_their_ids()
    {
        var fields = new[] { typeof(PartnerCenterErrors), typeof(ErrorCatalog) }
            .SelectMany(catalog => catalog.GetFields(BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(ErrorDefinition))
            .ToList();

        Assert.All(fields, field => Assert.Equal(field.Name, ((ErrorDefinition)field.GetValue(null)!).Id));
        Assert.Equal(fields.Count, ErrorCatalog.All.Count);
    }

    [Fact]
    public void Values_are_quoted_in_a_command_and_several_things_follow_one_another()
    {
        Assert.Equal("Set-Subscription -CustomerId c -SubscriptionId s -FriendlyName 'It''s ours'", UserCommands.SetName(CustomerId.From("c"), SubscriptionId.From("s"), "It's ours").ToString());
        Assert.EndsWith(
            "first: Suspend-Subscription -CustomerId c -SubscriptionId a -Reason CustomerRequest; Suspend-Subscription -CustomerId c -SubscriptionId b -Reason CustomerRequest",
            Remedies.EndAddOns([UserCommands.SuspendWithUsers(CustomerId.From("c"), SubscriptionId.From("a")), UserCommands.SuspendWithUsers(CustomerId.From("c"), SubscriptionId.From("b"))]).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_remedy_after_the_other_is_one_sentence_after_the_other()
    {
        Assert.Equal("Name one with: -Country Run the command again later.", Remedy.All([Remedies.NameCountry(), null, Remedies.RunAgainLater()]).ToString());
    }

    private static Comparer<MethodInfo> ByName => Comparer<MethodInfo>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static object? Sample(ParameterInfo parameter, string text)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type == typeof(string) ? text
            : type == typeof(CustomerId) ? CustomerId.From(text)
            : type == typeof(SubscriptionId) ? SubscriptionId.From(text)
            : type == typeof(int) ? 4711
            : type == typeof(bool) ? true
            : type == typeof(Remedy) ? UserCommands.SearchOffers(text)
            : type == typeof(IEnumerable<string>) ? new[] { text, $"{text}b" }
            : type == typeof(IEnumerable<Remedy>) ? new[] { UserCommands.SearchOffers(text), UserCommands.ListOffers(CustomerId.From(text)) }
            : type == typeof(PurchaseAlternatives) ? new PurchaseAlternatives(text, [], HasUnnamedSources: false, IsOfPlan: false, [new PurchaseAlternative(new PurchaseOptions(), new PurchaseOptions())])
            : throw new InvalidOperationException($"No sample of {type}.");
    }

    private static string TextOf(object argument) => argument is IEnumerable<object> several ? several.First().ToString()! : argument.ToString()!;
}
