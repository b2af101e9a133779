using System;
using System.Buffers;
using System.IO;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Text in lent memory, given back when it is disposed of.</summary>
internal sealed class LentText : TextReader
{
    private readonly int _length;
    private char[] _characters;
    private int _position;

    /// <param name="characters">From the shared pool; belongs to this object from now on.</param>
    /// <param name="length">How many of them are the text.</param>
    public LentText(char[] characters, int length)
    {
        _characters = characters;
        _length = length;
    }

    public override int Peek() => _position < _length ? _characters[_position] : -1;

    public override int Read() => _position < _length ? _characters[_position++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var taken = Math.Min(count, _length - _position);
        Array.Copy(_characters, _position, buffer, index, taken);
        _position += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (_characters.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_characters);
            _characters = [];
            _position = _length;
        }

        base.Dispose(disposing);
    }
}
