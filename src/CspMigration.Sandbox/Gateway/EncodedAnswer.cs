using System.Collections.Generic;
using System.IO;
using System.Text;
using CspMigration.Sandbox.Http;
using Newtonsoft.Json;

namespace CspMigration.Sandbox.Gateway;

/// <summary>An answer as bytes, ready to be sent and kept.</summary>
internal sealed class EncodedAnswer
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly UTF8Encoding MarkedUtf8 = new(encoderShouldEmitUTF8Identifier: true);

    private EncodedAnswer(Answer answer, byte[] body)
    {
        Status = answer.Status;
        Location = answer.Location;
        RetryAfter = answer.RetryAfter;
        Header = answer.Header;
        Body = body;
        IsPage = answer.Page != null;
    }

    public int Status { get; }

    public string? Location { get; }

    public int? RetryAfter { get; }

    public KeyValuePair<string, string>? Header { get; }

    public byte[] Body { get; }

    public bool IsPage { get; }

    public static EncodedAnswer Of(Answer answer, bool marked = false)
    {
        if (answer.Page is { } page)
        {
            return new EncodedAnswer(answer, Utf8.GetBytes(page));
        }

        if (answer.Body == null)
        {
            return new EncodedAnswer(answer, []);
        }

        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, marked ? MarkedUtf8 : Utf8))
        using (var json = new JsonTextWriter(text))
        {
            answer.Body.WriteTo(json);
        }

        return new EncodedAnswer(answer, stream.ToArray());
    }
}
