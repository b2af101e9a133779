using System;
using System.Buffers;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.PartnerCenter.Http;

/// <summary>The whole body of an answer, in lent memory: answers are many, and much alike in size.</summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>More than this is no answer, bytes.</summary>
    public const int Largest = 64 * 1024 * 1024;

    // The length an answer announces is only as good as its word: no more than so much is set aside for it.
    private const int LargestFirstBuffer = 16 * 1024;

    private byte[] _bytes;
    private int _length;

    private AnswerBody(int room) => _bytes = ArrayPool<byte>.Shared.Rent(room);

    public bool IsEmpty => _length == 0;

    /// <summary>Reads a body to its end; null where it is larger than <see cref="Largest"/>.</summary>
    public static async Task<AnswerBody?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return new AnswerBody(room: 0);
        }

        var body = new AnswerBody((int)Math.Min(content.Headers.ContentLength ?? LargestFirstBuffer, LargestFirstBuffer) + 1);
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
        int read;
        while ((read = await stream.ReadAsync(body._bytes, body._length, body._bytes.Length - body._length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body._length += read;
            if (body._length > Largest)
            {
                body.Dispose();
                return null;
            }

            body.MakeRoom();
        }

        // Not given back where the reading broke off: nobody knows whether the network still writes to it.
        return body;
    }

    /// <summary>Its text, as UTF-8.</summary>
    public LentText OpenText()
    {
        // No text has more characters than bytes.
        var characters = ArrayPool<char>.Shared.Rent(_length);
        return new LentText(characters, Encoding.UTF8.GetChars(_bytes, 0, _length, characters, 0));
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _length = 0;
        }
    }

    private void MakeRoom()
    {
        if (_length < _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Buffer.BlockCopy(_bytes, 0, larger, 0, _length);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
