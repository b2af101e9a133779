using System;
using System.IO;
using System.Text;

namespace CspMigration.Core.Journal;

/// <summary>Gives the whole lines of a journal one by one, so that no more of the file than a line or two is in memory.</summary>
internal sealed class JournalLineReader
{
    private const int BlockSize = 64 * 1024;

    private readonly Stream _stream;
    private readonly string _path;
    private byte[] _buffer = new byte[BlockSize];
    private long _unread;
    private int _start;
    private int _end;

    /// <param name="stream">The file's content from its start.</param>
    /// <param name="path">The file, for messages.</param>
    public JournalLineReader(Stream stream, string path)
    {
        _stream = stream;
        _path = path;

        // No further than the file reaches now: others may be writing, and a device never ends.
        _unread = Reading(() => stream.Length);
    }

    /// <summary>The line given last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The length up to the end of the line given last, in bytes.</summary>
    public long WholeLength { get; private set; }

    /// <summary>The next line without its end; null where no whole line is left.</summary>
    public string? Next()
    {
        int length;
        while ((length = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start) - _start) < 0)
        {
            if (!Fill())
            {
                return null;
            }
        }

        var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
        _start += length + 1;
        WholeLength += length + 1;
        Number++;

        // An editor, or Set-Content in Windows PowerShell, may have put a byte order mark before the first line, and line ends of its own.
        return Number == 1 ? line.TrimStart('\uFEFF') : line;
    }

    private bool Fill()
    {
        Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var room = (int)Math.Min(_buffer.Length - _end, _unread);
        var read = room == 0 ? 0 : Reading(() => _stream.Read(_buffer, _end, room));
        _end += read;
        _unread -= read;
        return read > 0;
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (JournalFailure.IsOfStorage(e))
        {
            throw JournalFailure.Of(_path, "read", e);
        }
    }
}
