using System;
using System.Collections;
using System.Collections.Generic;

namespace CspMigration.Core.PartnerCenter.Json;

/// <summary>
/// A JSON object as read: its members in their order, found whatever their casing. Lists are lists of values, numbers
/// are long, decimal or larger, null is null. Much lighter than a JObject, of which most answers need none.
/// </summary>
internal sealed class JsonMembers : IEnumerable<KeyValuePair<string, object?>>
{
    // So few are searched faster one by one.
    private const int Few = 64;

    private readonly List<KeyValuePair<string, object?>> _members;
    private Dictionary<string, int>? _places;

    /// <param name="room">For how many members there is room from the start.</param>
    public JsonMembers(int room = 0) => _members = new List<KeyValuePair<string, object?>>(room);

    public int Count => _members.Count;

    /// <summary>Adds a member; of two with one name the later counts.</summary>
    public void Add(string name, object? value)
    {
        var member = new KeyValuePair<string, object?>(name, value);
        var place = PlaceOf(name);
        if (place >= 0)
        {
            _members[place] = member;
            return;
        }

        _members.Add(member);
        if (_places is not null)
        {
            _places.Add(name, _members.Count - 1);
        }
        else if (_members.Count > Few)
        {
            _places = [];
            for (var i = 0; i < _members.Count; i++)
            {
                _places.Add(_members[i].Key, i);
            }
        }
    }

    /// <summary>The value of a member whatever its casing, the exact one first; null where it is missing or JSON null.</summary>
    public object? Find(string name)
    {
        var place = PlaceOf(name);
        if (place >= 0)
        {
            return _members[place].Value;
        }

        foreach (var member in _members)
        {
            if (string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int PlaceOf(string name)
    {
        if (_places is not null)
        {
            return _places.TryGetValue(name, out var place) ? place : -1;
        }

        for (var i = 0; i < _members.Count; i++)
        {
            if (string.Equals(_members[i].Key, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
