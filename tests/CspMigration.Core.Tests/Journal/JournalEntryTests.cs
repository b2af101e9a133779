using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using CspMigration.Core.Journal.Entries;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class JournalEntryTests
{
    public static TheoryData<string> Kinds => [.. EntryKinds.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_member_survives_the_file(string kind)
    {
        var type = EntryKinds.All.Single(type => type.Name == kind);
        var entry = (JournalEntry)Activator.CreateInstance(type)!;
        Assert.All(MembersOf(type), member => member.SetValue(entry, Example(member)));

        var read = Assert.Single(JournalLines.Read(new MemoryStream(JournalLines.Write(entry)), "journal"));

        Assert.IsType(type, read);
        Assert.All(MembersOf(type), member => Assert.Equal(Example(member), member.GetValue(read)));
        Assert.Equal(JournalFormat.Current, read.Version);

        static object Example(PropertyInfo member) => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) switch
        {
            { IsEnum: true } type => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            var type when type == typeof(DateTimeOffset) => new DateTimeOffset(2027, 1, 15, 9, 30, 0, 123, TimeSpan.Zero),
            var type when type == typeof(TermEndRecord) => new TermEndRecord { AutoRenew = true, Action = member.Name, Instructions = """{"quantity":25}""" },
            var type when type == typeof(Guid) => new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
            var type when type == typeof(int) => 25,
            var type when type == typeof(bool) => true,
            var type when type == typeof(CustomerId) => CustomerId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(OrderId) => OrderId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(GroupId) => GroupId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(UserId) => UserId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(SkuId) => SkuId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(CatalogItemId) => CatalogItemId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(IReadOnlyDictionary<SkuId, IReadOnlyList<ServicePlanId>>) => new Dictionary<SkuId, IReadOnlyList<ServicePlanId>>
            {
                [SkuId.From("2027-01-15T09:30:00Z")] = [ServicePlanId.From(member.Name), ServicePlanId.From("2027-01-15T09:30:00Z")],
            },
            var type when type == typeof(IReadOnlyList<SkuId>) => new[] { SkuId.From(member.Name), SkuId.From("2027-01-15T09:30:00Z") },
            var type when type == typeof(IReadOnlyList<ServicePlanId>) => new[] { ServicePlanId.From(member.Name), ServicePlanId.From("2027-01-15T09:30:00Z") },
            var type when type == typeof(IReadOnlyList<UserId>) => new[] { UserId.From(member.Name), UserId.From("2027-01-15T09:30:00Z") },
            var type when type == typeof(SubscriptionId) => SubscriptionId.From("2027-01-15T09:30:00Z"),
            var type when type == typeof(IReadOnlyList<SourceKey>) => new[] { SourceKey.From(member.Name), SourceKey.From("2027-01-15T09:30:00Z") },
            _ => "2027-01-15T09:30:00Z of " + member.Name,
        };
    }

    [Fact]
    public void An_entry_is_one_line_and_says_nothing_of_what_it_does_not_have()
    {
        var bytes = JournalLines.Write(new PurchaseSettled { At = new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.FromHours(2)), CustomerId = CustomerId.From("c1"), Reason = "a\r\nb" });

        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal(1, bytes.Count(value => value == '\n'));
        Assert.Equal(["version", "kind", "at", "customer", "sources", "done", "reason"], JObject.Parse(System.Text.Encoding.UTF8.GetString(bytes)).Properties().Select(property => property.Name));
    }

    [Theory]
    [InlineData("""{"version":3,"kind":"statusSettled","at":"2027-01-15T09:30:00Z"}""")]
    [InlineData("""{"version":3,"kind":"foretold","at":"2027-01-15T09:30:00Z"}""")]
    [InlineData("""{"version":99,"kind":{"name":"foretold"}}""")]
    [InlineData("""{"kind":"statusSettled","version":3,"at":"2027-01-15T09:30:00Z","sources":{"a":1}}""")]
    [InlineData("""{"version":99999999999,"kind":"statusSettled","at":"2027-01-15T09:30:00Z"}""")]
    public void What_a_newer_version_wrote_is_not_damaged(string line)
    {
        var error = Assert.Throws<CspMigrationException>(() => Read("{\"kind\":\"opened\",\"at\":\"2027-01-15T09:30:00Z\"}\n" + line + "\n"));

        Assert.Equal("JournalTooNew", error.ErrorId);
        Assert.Contains("Line 2 ", error.Problem, StringComparison.Ordinal);
        Assert.Contains("Do not delete the journal", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"foretold","at":"2027-01-15T09:30:00Z"}""")]
    [InlineData("""{"version":2,"kind":"foretold","at":"2027-01-15T09:30:00Z"}""")]
    [InlineData("""{"version":"new","kind":"opened","at":"2027-01-15T09:30:00Z"}""")]
    [InlineData("""{"version":3""")]
    public void What_says_of_no_newer_version_is_damaged(string line)
    {
        Assert.Equal("JournalDamaged", Assert.Throws<CspMigrationException>(() => Read(line + "\n")).ErrorId);
    }

    [Fact]
    public void Empty_text_is_no_id()
    {
        var stopped = (Stopped)Assert.Single(Read("""{"kind":"stopped","at":"2027-01-15T09:30:00Z","customer":"c1","sources":["",null,"s1"]}""" + "\n"));
        var settled = (StatusSettled)Assert.Single(Read("""{"kind":"statusSettled","at":"2027-01-15T09:30:00Z","customer":"c1","subscription":""}""" + "\n"));

        Assert.Equal(["s1"], stopped.Sources.Select(source => source.ToString()));
        Assert.Null(settled.SubscriptionId);
    }

    [Theory]
    [InlineData("""{"version":2,"kind":"purchaseSettled","at":"2027-01-15T09:30:00+00:00","customer":"C1","sources":["S1","s2"],"way":"Order","order":"o1","subscription":"tArGeT","done":true}""")]
    [InlineData("""{"version":2,"kind":"groupIntended","at":"2027-01-15T09:30:00+00:00","customer":"C1","sources":["S1"],"group":"gRoUp","way":"Back","fromSkus":["K1"],"toSkus":["k2"],"plansOffBySku":{"K1":["P1"]},"plansSetOffBySku":{"k2":["p2"]},"users":["u1","U2"]}""")]
    [InlineData("""{"version":2,"kind":"groupSettled","at":"2027-01-15T09:30:00+00:00","customer":"C1","sources":["S1"],"group":"gRoUp","fromSkus":["K1"],"toSkus":["k2"],"users":["u1","U2"],"done":true}""")]
    [InlineData("""{"version":2,"kind":"termEndKept","at":"2027-01-15T09:30:00+00:00","customer":"C1","subscription":"tArGeT"}""")]
    [InlineData("""{"version":2,"kind":"termEndReleased","at":"2027-01-15T09:30:00+00:00","customer":"C1","subscription":"tArGeT"}""")]
    public void Ids_are_written_as_they_were_read(string line)
    {
        var entry = Assert.Single(Read(line + "\n"));

        Assert.Equal(line + "\n", System.Text.Encoding.UTF8.GetString(JournalLines.Write(entry)));
    }

    [Fact]
    public void Members_a_later_version_may_add_are_passed_over()
    {
        using var text = new MemoryStream("{\"kind\":\"opened\",\"at\":\"2027-01-15T09:30:00+00:00\",\"brandNew\":{\"a\":[1]}}\n"u8.ToArray());

        _ = Assert.IsType<Opened>(Assert.Single(JournalLines.Read(text, "journal")));
    }

    [Fact]
    public void The_words_in_the_file_do_not_change()
    {
        (JournalEntry Entry, string Word)[] kinds =
        [
            (new Opened(), "opened"),
            (new SourceFound(), "sourceFound"),
            (new PurchaseIntended(), "purchaseIntended"),
            (new PurchaseSettled(), "purchaseSettled"),
            (new LicenseIntended(), "licenseIntended"),
            (new LicenseSettled(), "licenseSettled"),
            (new GroupIntended(), "groupIntended"),
            (new GroupSettled(), "groupSettled"),
            (new StatusIntended(), "statusIntended"),
            (new StatusSettled(), "statusSettled"),
            (new QuantityIntended(), "quantityIntended"),
            (new QuantitySettled(), "quantitySettled"),
            (new TermEndKept(), "termEndKept"),
            (new TermEndReleased(), "termEndReleased"),
            (new Stopped(), "stopped"),
            (new Undone(), "undone"),
        ];

        Assert.All(kinds, kind => Assert.Equal(kind.Word, Member(kind.Entry, "kind")));
        Assert.Equal(EntryKinds.All.Count, kinds.Length);
    }

    [Theory]
    [InlineData(JournalMethod.Reuse, "None")]
    [InlineData(JournalMethod.Order, "Order")]
    [InlineData(JournalMethod.AddOnOrder, "AddOnOrder")]
    [InlineData(JournalMethod.Cart, "Cart")]
    [InlineData(JournalMethod.Reactivation, "Reactivation")]
    [InlineData(JournalMethod.Resize, "Resize")]
    [InlineData(JournalMethod.Conversion, "Conversion")]
    internal void The_words_for_methods_do_not_change(JournalMethod method, string word) => Assert.Equal(word, Member(new PurchaseIntended { Method = method }, "way"));

    [Theory]
    [InlineData(RollbackAction.LeftAlone, "LeftAlone")]
    [InlineData(RollbackAction.Suspended, "Suspended")]
    [InlineData(RollbackAction.Deleted, "Deleted")]
    [InlineData(RollbackAction.AutoRenewOff, "AutoRenewOff")]
    [InlineData(RollbackAction.Resized, "Resized")]
    [InlineData(RollbackAction.ResizedAtRenewal, "ResizedAtRenewal")]
    internal void The_words_for_what_a_rollback_does_do_not_change(RollbackAction action, string word)
    {
        Assert.Equal(word, Member(new Undone { Action = action }, "status"));
        Assert.Equal(word, Member(new StatusSettled { Status = JournalStatuses.Of(action) }, "status"));
    }

    [Fact]
    public void Each_way_to_end_a_source_has_its_own_name_as_its_word()
    {
        Assert.All(Enum.GetValues<SuspensionOutcome>(), outcome =>
        {
            Assert.Equal(outcome.ToString(), Member(new StatusSettled { Status = JournalStatuses.Of(outcome) }, "status"));
            Assert.Equal(outcome, JournalStatuses.ToOutcome(JournalStatuses.Of(outcome)));
        });
    }

    [Theory]
    [InlineData("""{"kind":"licenseSettled","at":"2027-01-15T09:30:00Z","outcome":"Foretold"}""")]
    [InlineData("""{"kind":"stopped","at":"2027-01-15T09:30:00Z","status":"Foretold"}""")]
    [InlineData("""{"kind":"undone","at":"2027-01-15T09:30:00Z","status":"Foretold"}""")]
    public void A_word_of_a_later_version_that_this_one_can_do_without_is_passed_over(string line)
    {
        var members = MembersOf(Assert.Single(Read(line + "\n")).GetType()).Where(member => Nullable.GetUnderlyingType(member.PropertyType)?.IsEnum == true);

        Assert.All(members, member => Assert.Null(member.GetValue(Assert.Single(Read(line + "\n")))));
    }

    [Theory]
    [InlineData("""{"kind":"purchaseIntended","at":"2027-01-15T09:30:00Z","way":"Foretold"}""")]
    [InlineData("""{"kind":"statusSettled","at":"2027-01-15T09:30:00Z","status":"Foretold"}""")]
    [InlineData("""{"kind":"licenseIntended","at":"2027-01-15T09:30:00Z","way":"Forth"}""")]
    public void A_word_that_decides_and_is_not_known_is_damage(string line)
    {
        Assert.Equal("JournalDamaged", Assert.Throws<CspMigrationException>(() => Read(line + "\n")).ErrorId);
    }

    [Fact]
    public void There_is_no_place_for_a_secret()
    {
        string[] secrets = ["token", "secret", "password", "credential", "authorization", "bearer", "header", "assertion", "certificate"];
        var members = EntryKinds.All.SelectMany(MembersOf).ToList();
        var names = members.Select(member => member.Name).Concat(members.Select(member => member.GetCustomAttribute<JsonPropertyAttribute>()!.PropertyName!));

        Assert.DoesNotContain(names, name => secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static List<JournalEntry> Read(string text) => [.. JournalLines.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "journal")];

    private static string? Member(JournalEntry entry, string name) => (string?)JObject.Parse(System.Text.Encoding.UTF8.GetString(JournalLines.Write(entry)))[name];

    private static IEnumerable<PropertyInfo> MembersOf(Type type) =>
        type.GetProperties().Where(member => member.GetCustomAttribute<JsonPropertyAttribute>() is { } property && property.PropertyName != JournalEntry.VersionMember);
}
