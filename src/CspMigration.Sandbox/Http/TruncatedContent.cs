using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Sandbox.Http;

/// <summary>A body that declares its whole length and breaks off in the middle, as when a connection is lost.</summary>
internal sealed class TruncatedContent : HttpContent
{
    private readonly byte[] _whole;

    public TruncatedContent(byte[] whole)
    {
        _whole = whole;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_whole, 0, _whole.Length / 2).ConfigureAwait(false);
        throw Broken();
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new BrokenStream(_whole));

    protected override bool TryComputeLength(out long length)
    {
        length = _whole.Length;
        return true;
    }

    private static IOException Broken() => new("The response ended prematurely.");

    private sealed class BrokenStream : Stream
    {
        private readonly MemoryStream _half;

        public BrokenStream(byte[] whole)
        {
            _half = new MemoryStream(whole, 0, whole.Length / 2, writable: false);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = _half.Read(buffer, offset, count);
            return read > 0 || count == 0 ? read : throw Broken();
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(Read(buffer, offset, count));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _half.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
