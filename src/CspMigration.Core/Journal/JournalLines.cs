using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using CspMigration.Core.Errors;
using CspMigration.Core.Journal.Entries;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace CspMigration.Core.Journal;

/// <summary>The journal's text: one JSON object a line. A torn last line was never acknowledged and is dropped.</summary>
internal static class JournalLines
{
    private const int Deepest = 8;

    private static readonly JsonSerializerSettings Settings = new()
    {
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        MaxDepth = Deepest,
        Converters = { new StringEnumConverter { AllowIntegerValues = false } },
        ObjectCreationHandling = ObjectCreationHandling.Replace,
        CheckAdditionalContent = true,
    };

    private static readonly JsonSerializer Serializer = JsonSerializer.Create(Settings);

    public static byte[] Write(JournalEntry entry)
    {
        var json = JsonConvert.SerializeObject(entry, Formatting.None, Settings);
        return Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{{\"{JournalEntry.VersionMember}\":{JournalFormat.Current},\"{EntryKinds.Member}\":\"{EntryKinds.WordOf(entry)}\",{json.Substring(1)}\n"));
    }

    /// <summary>The entries of a file, whoever writes it meanwhile; each is read when it is asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passed">Gets, with each whole line, the length up to its end in bytes; null where it is not needed.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalDamaged</c>, naming the line; <c>JournalTooNew</c>; <c>JournalUnwritable</c> where the file cannot even be read.</exception>
    public static IEnumerable<JournalEntry> ReadFile(string path, Action<long>? passed = null)
    {
        using var file = Open(path);
        foreach (var entry in Read(file, path, passed))
        {
            yield return entry;
        }
    }

    /// <summary>The same of a file's content from its start.</summary>
    public static IEnumerable<JournalEntry> Read(Stream stream, string path, Action<long>? passed = null)
    {
        var lines = new JournalLineReader(stream, path);
        while (lines.Next() is { } line)
        {
            passed?.Invoke(lines.WholeLength);
            if (line.Length > 0)
            {
                yield return Parse(line, path, lines.Number);
            }
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (JournalFailure.IsOfStorage(e))
        {
            throw JournalFailure.Of(path, "read", e);
        }
    }

    private static JournalEntry Parse(string line, string path, int number)
    {
        try
        {
            var kind = EntryKinds.TypeOf(KindOf(line)) ?? throw new JsonSerializationException("The kind of the line is not known.");
            using var reader = OpenReader(line);
            var entry = (JournalEntry)Serializer.Deserialize(reader, kind)!;
            return entry.Version > JournalFormat.Current ? throw TooNew(path, number, entry.Version.Value) : entry;
        }
        catch (JsonException e)
        {
            // What a newer version writes may not fit into what this one knows.
            throw JournalFormat.VersionOf(line) is > JournalFormat.Current and var version ? TooNew(path, number, version) : Damaged(path, number, e);
        }
    }

    // It stands near the start of each line; null where there is none.
    private static string? KindOf(string line)
    {
        using var reader = OpenReader(line);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
        {
            var isKind = string.Equals((string?)reader.Value, EntryKinds.Member, StringComparison.OrdinalIgnoreCase);
            _ = reader.Read();
            if (isKind)
            {
                return reader.Value as string;
            }

            reader.Skip();
        }

        return null;
    }

    // Text stays text: an id that looks like a date is none. Members that are dates are read as such.
    private static JsonTextReader OpenReader(string line) => new(new StringReader(line)) { MaxDepth = Deepest, DateParseHandling = DateParseHandling.None };

    private static Contracts.CspMigrationException TooNew(string path, int number, int version)
    {
        return ErrorCatalog.JournalTooNew.Exception(FormattableString.Invariant(
            $"Line {number} of the journal {path} was written by a newer version of this module (journal format {version}; this version reads up to {JournalFormat.Current})."));
    }

    private static Contracts.CspMigrationException Damaged(string path, int number, Exception? inner)
    {
        // A journal is damaged at its end, as a rule: what cannot be read from its start may be another file.
        var other = number == 1 ? " If it is another file, such as a report or a CSV, name the journal in its place." : "";
        return ErrorCatalog.JournalDamaged.Exception($"Line {number} of the journal {path} cannot be read.{other}", inner: inner);
    }
}
