using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.TestSupport;

/// <summary>What a <see cref="ScriptedHandler"/> does with a request.</summary>
public sealed class ScriptedAnswer
{
    private readonly Func<CancellationToken, Task<HttpResponseMessage>> _give;

    private ScriptedAnswer(Func<CancellationToken, Task<HttpResponseMessage>> give, bool stalls = false)
    {
        _give = give;
        Stalls = stalls;
    }

    /// <summary>Whether it never comes by itself.</summary>
    internal bool Stalls { get; }

    /// <summary>A JSON body.</summary>
    public static ScriptedAnswer Json(string body, int status = 200) => Text(body, "application/json", status);

    /// <summary>A body of any kind.</summary>
    public static ScriptedAnswer Text(string body, string mediaType, int status = 200) => Bytes(Encoding.UTF8.GetBytes(body), mediaType, status);

    /// <summary>A body byte by byte as given.</summary>
    public static ScriptedAnswer Bytes(byte[] body, string mediaType = "application/json", int status = 200)
    {
        return Streamed(() => new MemoryStream(body, writable: false), mediaType, status);
    }

    /// <summary>A status and no body.</summary>
    public static ScriptedAnswer Empty(int status) => Bytes([], status: status);

    /// <summary>A body that comes in pieces.</summary>
    public static ScriptedAnswer Chunked(params string[] chunks)
    {
        var pieces = chunks.Select(Encoding.UTF8.GetBytes).ToArray();
        return Streamed(() => new PieceStream(pieces, atEnd: null), "application/json", status: 200);
    }

    /// <summary>A body whose connection breaks after the given part.</summary>
    public static ScriptedAnswer Truncated(string part, int status = 200)
    {
        var pieces = new[] { Encoding.UTF8.GetBytes(part) };
        return Streamed(() => new PieceStream(pieces, _ => throw new IOException("The response ended prematurely.")), "application/json", status);
    }

    /// <summary>A body that stops coming after the given part, until the caller gives up.</summary>
    public static ScriptedAnswer StallsAfter(string part)
    {
        var pieces = new[] { Encoding.UTF8.GetBytes(part) };
        return Streamed(() => new PieceStream(pieces, ForeverAsync), "application/json", status: 200);
    }

    /// <summary>A body of spaces of any length.</summary>
    public static ScriptedAnswer Blank(long length)
    {
        return Streamed(() => new BlankStream(length), "application/json", status: 200);
    }

    /// <summary>No answer: the connection fails.</summary>
    public static ScriptedAnswer Throws(Func<Exception> failure) => new(_ => Task.FromException<HttpResponseMessage>(failure()));

    /// <summary>No answer until the caller gives up.</summary>
    public static ScriptedAnswer StallsForever()
    {
        return new(
            async cancellationToken =>
            {
                await ForeverAsync(cancellationToken).ConfigureAwait(false);
                throw new InvalidOperationException("Forever is over.");
            },
            stalls: true);
    }

    /// <summary>No answer until the caller gives up, which then shows as a broken connection.</summary>
    public static ScriptedAnswer BreaksWhenGivenUp()
    {
        return new(
            async cancellationToken =>
            {
                try
                {
                    await ForeverAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (OperationCanceledException e)
                {
                    throw new HttpRequestException("The request was aborted.", e);
                }

                throw new InvalidOperationException("Forever is over.");
            },
            stalls: true);
    }

    /// <summary>The same answer with a header.</summary>
    public ScriptedAnswer With(string header, string value)
    {
        return new(
            async cancellationToken =>
            {
                var response = await _give(cancellationToken).ConfigureAwait(false);
                _ = response.Headers.TryAddWithoutValidation(header, value);
                return response;
            },
            Stalls);
    }

    internal Task<HttpResponseMessage> GiveAsync(CancellationToken cancellationToken) => _give(cancellationToken);

    private static ScriptedAnswer Streamed(Func<Stream> body, string mediaType, int status)
    {
        return new(_ =>
        {
            var content = new StreamContent(body());
            content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = content });
        });
    }

    private static async Task ForeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var given = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        await never.Task.ConfigureAwait(false);
    }

    private sealed class PieceStream(byte[][] pieces, Func<CancellationToken, Task>? atEnd) : ReadOnlyStream
    {
        private int _piece;
        private int _offset;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_piece < pieces.Length && _offset == pieces[_piece].Length)
            {
                _piece++;
                _offset = 0;
            }

            if (_piece == pieces.Length)
            {
                await (atEnd?.Invoke(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                return 0;
            }

            var count = Math.Min(buffer.Length, pieces[_piece].Length - _offset);
            pieces[_piece].AsMemory(_offset, count).CopyTo(buffer);
            _offset += count;
            return count;
        }
    }

    private sealed class BlankStream(long length) : ReadOnlyStream
    {
        private long _left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..count].Fill((byte)' ');
            _left -= count;
            return new(count);
        }
    }

    private abstract class ReadOnlyStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
