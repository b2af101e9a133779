using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using CspMigration.Contracts;
using CspMigration.Core.Journal;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CspMigration.Core.Tests.Journal;

public sealed class JournalEntryTests
{
    private static readonly PropertyInfo[] Members = [.. typeof(JournalEntry).GetProperties().Where(member => member.Name != nameof(JournalEntry.Version))];

    [Fact]
    public void Every_member_survives_the_file()
    {
        var entry = new JournalEntry();
        Assert.All(Members, member => member.SetValue(entry, Example(member)));

        var read = Assert.Single(JournalLines.Read(new MemoryStream(JournalLines.Write(entry)), "journal"));

        Assert.All(Members, member => Assert.Equal(Example(member), member.GetValue(read)));
        Assert.Equal(JournalFormat.Current, read.Version);

        static object Example(PropertyInfo member) => member.PropertyType switch
        {
            var type when type == typeof(JournalEntryKind) => JournalEntryKind.LicenseIntended,
            var type when type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?) => new DateTimeOffset(2027, 1, 15, 9, 30, 0, 123, TimeSpan.Zero),
            var type when type == typeof(Guid?) => new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"),
            var type when type == typeof(int?) => 25,
            var type when type == typeof(bool?) => false,
            var type when type == typeof(TermEndRecord) => new TermEndRecord { AutoRenew = true, Action = member.Name, Instructions = """{"quantity":25}""" },
            var type when type == typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>) => new Dictionary<string, IReadOnlyList<string>> { [member.Name] = ["one", "two"] },
            var type when type == typeof(IReadOnlyList<string>) => new[] { member.Name, "2027-01-15T09:30:00Z" },
            var type when type == typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>) =>
                new Dictionary<string, IReadOnlyList<string>> { ["2027-01-15T09:30:00Z"] = [member.Name, "2027-01-15T09:30:00Z"] },
            _ => "2027-01-15T09:30:00Z of " + member.Name,
        };
    }

    [Fact]
    public void An_entry_is_one_line_and_says_nothing_of_what_it_does_not_have()
    {
        var bytes = JournalLines.Write(new JournalEntry { Kind = JournalEntryKind.StatusSettled, At = new DateTimeOffset(2027, 1, 15, 9, 30, 0, TimeSpan.FromHours(2)), Reason = "a\r\nb" });

        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal(1, bytes.Count(value => value == '\n'));
        Assert.Equal(["version", "kind", "at", "reason"], JObject.Parse(System.Text.Encoding.UTF8.GetString(bytes)).Properties().Select(property => property.Name));
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
    public void Members_a_later_version_may_add_are_passed_over()
    {
        using var text = new MemoryStream("{\"kind\":\"opened\",\"at\":\"2027-01-15T09:30:00+00:00\",\"brandNew\":{\"a\":[1]}}\n"u8.ToArray());

        Assert.Equal(JournalEntryKind.Opened, Assert.Single(JournalLines.Read(text, "journal")).Kind);
    }

    [Theory]
    [InlineData(JournalEntryKind.Opened, "opened")]
    [InlineData(JournalEntryKind.SourceFound, "sourceFound")]
    [InlineData(JournalEntryKind.PurchaseIntended, "purchaseIntended")]
    [InlineData(JournalEntryKind.PurchaseSettled, "purchaseSettled")]
    [InlineData(JournalEntryKind.LicenseIntended, "licenseIntended")]
    [InlineData(JournalEntryKind.LicenseSettled, "licenseSettled")]
    [InlineData(JournalEntryKind.StatusIntended, "statusIntended")]
    [InlineData(JournalEntryKind.StatusSettled, "statusSettled")]
    [InlineData(JournalEntryKind.Undone, "undone")]
    internal void The_words_in_the_file_do_not_change(JournalEntryKind kind, string word)
    {
        var line = System.Text.Encoding.UTF8.GetString(JournalLines.Write(new JournalEntry { Kind = kind }));

        Assert.Equal(word, (string?)JObject.Parse(line)["kind"]);
    }

    [Fact]
    public void There_is_no_place_for_a_secret()
    {
        string[] secrets = ["token", "secret", "password", "credential", "authorization", "bearer", "header", "assertion", "certificate"];
        IEnumerable<string> names = Members.Select(member => member.Name).Concat(Members.Select(member => member.GetCustomAttribute<JsonPropertyAttribute>()!.PropertyName!));

        Assert.DoesNotContain(names, name => secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static List<JournalEntry> Read(string text) => [.. JournalLines.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "journal")];
}
