using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using CspMigration.Core.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Serialization;

namespace CspMigration.Core.Journal;

/// <summary>The journal's text: one JSON object a line. A torn last line was never acknowledged and is dropped.</summary>
internal static class JournalLines
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        MaxDepth = 8,
        Converters = { new StringEnumConverter(new CamelCaseNamingStrategy(), allowIntegerValues: false) },
    };

    public static byte[] Write(JournalEntry entry)
    {
        return Encoding.UTF8.GetBytes(JsonConvert.SerializeObject(entry, Formatting.None, Settings) + "\n");
    }

    /// <summary>Reads all whole lines.</summary>
    /// <param name="stream">The file's content from its start.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="wholeLength">The length up to the end of the last whole line, in bytes.</param>
    /// <exception cref="Contracts.CspMigrationException"><c>JournalDamaged</c>, naming the line.</exception>
    public static IReadOnlyList<JournalEntry> Read(Stream stream, string path, out long wholeLength)
    {
        var buffer = ReadBytes(stream, out var length);
        var entries = new List<JournalEntry>();
        var start = 0;
        for (var number = 1; ; number++)
        {
            var end = Array.IndexOf(buffer, (byte)'\n', start, length - start);
            if (end < 0)
            {
                wholeLength = start;
                return entries;
            }

            if (end > start)
            {
                entries.Add(Parse(Encoding.UTF8.GetString(buffer, start, end - start), path, number));
            }

            start = end + 1;
        }
    }

    // No further than the file reaches now: others may be writing, and a device never ends.
    private static byte[] ReadBytes(Stream stream, out int length)
    {
        var buffer = new byte[stream.Length];
        length = 0;
        int read;
        do
        {
            read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
        }
        while (read > 0);
        return buffer;
    }

    private static JournalEntry Parse(string line, string path, int number)
    {
        try
        {
            return JsonConvert.DeserializeObject<JournalEntry>(line, Settings) ?? throw Damaged(path, number, inner: null);
        }
        catch (JsonException e)
        {
            throw Damaged(path, number, e);
        }
    }

    private static Contracts.CspMigrationException Damaged(string path, int number, Exception? inner)
    {
        return ErrorCatalog.JournalDamaged.Exception($"Line {number} of the journal {path} cannot be read.", inner: inner);
    }
}
