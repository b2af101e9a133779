using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Reads the whole body of an answer.</summary>
internal static class ResponseBody
{
    /// <summary>More than this is no answer, bytes.</summary>
    public const int Largest = 64 * 1024 * 1024;

    // What an answer says of its length is only a hint: the body is read to its end.
    private const int LargestHint = 256 * 1024;

    private const int CopyBuffer = 16 * 1024;

    /// <summary>Reads a body to its end; null where it is larger than <see cref="Largest"/>.</summary>
    public static async Task<MemoryStream?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        var body = new LimitedStream((int)Math.Min(content?.Headers.ContentLength ?? 0, LargestHint));
        if (content is not null)
        {
            using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
            try
            {
                await stream.CopyToAsync(body, CopyBuffer, cancellationToken).ConfigureAwait(false);
            }
            catch (TooLargeException)
            {
                return null;
            }
        }

        body.Position = 0;
        return body;
    }

    private sealed class TooLargeException : Exception;

    private sealed class LimitedStream(int capacity) : MemoryStream(capacity)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > Largest)
            {
                throw new TooLargeException();
            }

            base.Write(buffer, offset, count);
        }
    }
}
