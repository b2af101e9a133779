using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CspMigration.PartnerCenter.Http;

/// <summary>Why no connection to the service could be made, as far as the frameworks' exceptions tell.</summary>
internal sealed class ConnectionFailure
{
    private ConnectionFailure(string reason, bool isLasting)
    {
        Reason = reason;
        IsLasting = isLasting;
    }

    /// <summary>What is wrong, with the address.</summary>
    public string Reason { get; }

    /// <summary>Whether it is the address itself rather than a moment's trouble: trying again soon is no use.</summary>
    public bool IsLasting { get; }

    /// <summary>The failure an exception shows; null where a connection was made, or nothing is known.</summary>
    /// <param name="e">What the HTTP client threw.</param>
    /// <param name="address">Where to.</param>
    public static ConnectionFailure? Of(Exception e, Uri address)
    {
        var causes = Chain(e).ToList();
        var cause = causes.Select(Kind).FirstOrDefault(kind => kind != Cause.Other);
        var place = $"{address.Host}:{address.Port}";
        var words = causes.Last().Message.TrimEnd('.');
        return cause switch
        {
            Cause.UnknownName => new ConnectionFailure($"the name {address.Host} does not resolve ({words})", isLasting: true),
            Cause.NoNameServer => new ConnectionFailure($"the name {address.Host} does not resolve ({words})", isLasting: false),
            Cause.Refused => new ConnectionFailure($"{place} refuses connections ({words})", isLasting: true),
            Cause.Unreachable => new ConnectionFailure($"{place} cannot be reached from here ({words})", isLasting: true),
            Cause.NotSecure => new ConnectionFailure($"no secure connection to {place} ({words})", isLasting: true),
            _ => null,
        };
    }

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (Exception? next = e; next is not null; next = next.InnerException)
        {
            yield return next;
        }
    }

    private static Cause Kind(Exception e)
    {
        return e switch
        {
            SocketException socket => Kind(socket.SocketErrorCode),
            AuthenticationException => Cause.NotSecure,
            WebException web => Kind(web.Status),
            _ => Cause.Other,
        };
    }

    private static Cause Kind(SocketError error)
    {
        return error switch
        {
            SocketError.HostNotFound or SocketError.NoData => Cause.UnknownName,
            SocketError.TryAgain or SocketError.NoRecovery => Cause.NoNameServer,
            SocketError.ConnectionRefused => Cause.Refused,
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown => Cause.Unreachable,
            _ => Cause.Other,
        };
    }

    // .NET Framework says it so; where a socket is the cause, that tells more.
    private static Cause Kind(WebExceptionStatus status)
    {
        return status switch
        {
            WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure => Cause.UnknownName,
            WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure => Cause.NotSecure,
            _ => Cause.Other,
        };
    }

    private enum Cause
    {
        Other,
        UnknownName,
        NoNameServer,
        Refused,
        Unreachable,
        NotSecure,
    }
}
