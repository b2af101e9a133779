using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CspMigration.Sandbox.Spelling;

namespace CspMigration.Sandbox.State;

/// <summary>
/// Refresh tokens, authorization codes and device codes. Any text is valid as a first refresh token or authorization code, but
/// only once; redeeming a refresh token returns the next one.
/// </summary>
internal sealed class Grants
{
    /// <summary>How long a device code is valid.</summary>
    public static readonly TimeSpan DeviceCodeLifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often a client may poll for a device code.</summary>
    public static readonly TimeSpan DeviceCodeInterval = TimeSpan.FromSeconds(1);

    private const string RefreshPrefix = "sandbox-refresh.";

    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, DeviceSignIn> _deviceCodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _spent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _clients = new(StringComparer.Ordinal);
    private readonly IdSource _ids;
    private long _issued;

    public Grants(IdSource ids)
    {
        _ids = ids;
    }

    /// <summary>The client libraries seen at sign-in.</summary>
    public IReadOnlyList<string> Clients => _clients.Keys.OrderBy(client => client, StringComparer.Ordinal).ToList();

    public void RecordClient(string client) => _clients.TryAdd(client, 0);

    /// <summary>A new id.</summary>
    public string NextId() => _ids.Guid("token/" + Interlocked.Increment(ref _issued).ToString(CultureInfo.InvariantCulture));

    public string NextRefreshToken(DateTimeOffset now) =>
        RefreshPrefix + NextId() + "." + now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <returns>False if it is too old or was redeemed before.</returns>
    public bool TryRedeemRefreshToken(string token, DateTimeOffset now) => !IsOld(token, now) && _spent.TryAdd(token, 0);

    /// <summary>Whether it can be redeemed at a customer's tenant, which does not spend it.</summary>
    public bool IsRefreshTokenValid(string token, DateTimeOffset now) => !IsOld(token, now) && !_spent.ContainsKey(token);

    private static bool IsOld(string token, DateTimeOffset now) =>
        token.StartsWith(RefreshPrefix, StringComparison.Ordinal)
            && long.TryParse(token.Split('.').Last(), NumberStyles.None, CultureInfo.InvariantCulture, out var issued)
            && now >= DateTimeOffset.FromUnixTimeSeconds(issued) + RefreshLifetime;

    /// <returns>False if it was redeemed before.</returns>
    public bool TryRedeemCode(string code) => _spent.TryAdd(code, 0);

    /// <summary>The code that the user enters for a device code.</summary>
    public static string UserCodeOf(string deviceCode) => deviceCode.Substring(0, 8).ToUpperInvariant();

    /// <summary>A new device code.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="mustBeGranted">Whether it waits for <see cref="AnswerDeviceCode"/>; otherwise it is granted as soon as the client may poll.</param>
    public string NextDeviceCode(DateTimeOffset now, bool mustBeGranted)
    {
        var code = NextId();
        _deviceCodes[code] = new DeviceSignIn(now, mustBeGranted ? null : true);
        return code;
    }

    /// <summary>Records that the user entered the code and signed in, or declined.</summary>
    /// <returns>Whether a client waits for the code.</returns>
    public bool AnswerDeviceCode(string userCode, bool isGranted)
    {
        var code = _deviceCodes.Keys.FirstOrDefault(code => AnyCase.AreEqual(UserCodeOf(code), userCode));
        return code != null && _deviceCodes.TryGetValue(code, out var waiting) && _deviceCodes.TryUpdate(code, new DeviceSignIn(waiting.IssuedOn, isGranted), waiting);
    }

    /// <summary>Redeems a device code, if its user has signed in.</summary>
    public DeviceCodeStatus RedeemDeviceCode(string code, DateTimeOffset now)
    {
        if (!_deviceCodes.TryGetValue(code, out var waiting))
        {
            return DeviceCodeStatus.Spent;
        }

        if (now >= waiting.IssuedOn + DeviceCodeLifetime)
        {
            return DeviceCodeStatus.Expired;
        }

        if (waiting.IsGranted == false)
        {
            return DeviceCodeStatus.Declined;
        }

        if (waiting.IsGranted == null || now < waiting.IssuedOn + DeviceCodeInterval)
        {
            return DeviceCodeStatus.Pending;
        }

        return _deviceCodes.TryRemove(code, out _) ? DeviceCodeStatus.Redeemed : DeviceCodeStatus.Spent;
    }

    // A pending device code: granted, declined or (null) not answered yet.
    private sealed class DeviceSignIn
    {
        public DeviceSignIn(DateTimeOffset issuedOn, bool? isGranted)
        {
            IssuedOn = issuedOn;
            IsGranted = isGranted;
        }

        public DateTimeOffset IssuedOn { get; }

        public bool? IsGranted { get; }
    }
}
