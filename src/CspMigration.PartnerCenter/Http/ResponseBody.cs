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

    // The length an answer announces is only as good as its word.
    private const int LargestBuffer = 16 * 1024;

    /// <summary>Reads a body to its end; null where it is larger than <see cref="Largest"/>.</summary>
    public static async Task<MemoryStream?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        if (content is null)
        {
            return body;
        }

        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        var buffer = new byte[(int)Math.Min(content.Headers.ContentLength ?? LargestBuffer, LargestBuffer) + 1];
        int read;
        while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > Largest)
            {
                return null;
            }
        }

        body.Position = 0;
        return body;
    }
}
