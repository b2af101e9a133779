using System;
using System.Collections;
using System.Collections.Generic;

namespace CspMigration.PartnerCenter.Json;

/// <summary>
/// A JSON object as read: its members in their order, found whatever their casing. Lists are lists of values, numbers
/// are long, decimal or larger, null is null. Much lighter than a JObject, of which most answers need none.
/// </summary>
internal sealed class JsonMembers : IEnumerable<KeyValuePair<string, object?>>
{
    // So few are searched faster one by one.
    private const int Few = 64;

    private readonly KeyValuePair<string, object?>[] _members;
    private readonly Dictionary<string, int>? _places;
    private ulong _kinds;
    private int _count;

    /// <param name="members">What was read; of two with one name the later counts.</param>
    /// <param name="first">Where in it this object's members begin.</param>
    public JsonMembers(List<KeyValuePair<string, object?>> members, int first)
    {
        var room = members.Count - first;
        _members = new KeyValuePair<string, object?>[room];
        _places = room > Few ? new Dictionary<string, int>(room) : null;
        for (var i = first; i < members.Count; i++)
        {
            Add(members[i]);
        }
    }

    /// <summary>The value of a member whatever its casing, the exact one first; null where it is missing or JSON null.</summary>
    public object? Find(string name)
    {
        if ((_kinds & KindOf(name)) == 0)
        {
            return null;
        }

        var place = PlaceOf(name);
        if (place >= 0)
        {
            return _members[place].Value;
        }

        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_members[i].Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return _members[i].Value;
            }
        }

        return null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return _members[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Add(KeyValuePair<string, object?> member)
    {
        var kind = KindOf(member.Key);
        var place = (_kinds & kind) == 0 ? -1 : PlaceOf(member.Key);
        _kinds |= kind;
        if (place < 0)
        {
            place = _count++;
            _places?.Add(member.Key, place);
        }

        _members[place] = member;
    }

    // One bit of 64, the same for all casings of a name: most names that are not there need no search.
    private static ulong KindOf(string name) => name.Length == 0 || name[0] > 127 ? 1 : 1UL << (((name.Length * 5) + (name[0] | 0x20)) & 63);

    private int PlaceOf(string name)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(name, out var place) ? place : -1;
        }

        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_members[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
