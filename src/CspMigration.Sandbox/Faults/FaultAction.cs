using System;
using System.Globalization;
using System.Linq;
using CspMigration.Sandbox.SignIn;

namespace CspMigration.Sandbox.Faults;

/// <summary>The effect of a fault on a request, parsed from its text.</summary>
internal sealed class FaultAction
{
    private const string Known =
        "status:503, status:429;retry-after=1, status:403;code=2091, aadsts:50076, drop-before, drop-after, delay:2000, truncate, html, html:403, empty";

    private FaultAction(FaultKind kind)
    {
        Kind = kind;
    }

    public FaultKind Kind { get; }

    /// <summary>The status of the response.</summary>
    public int Status { get; private init; }

    /// <summary>Whether a proxy answers in place of the service, with a page.</summary>
    public bool IsPage { get; private init; }

    /// <summary>The value of Retry-After: seconds or a date.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>The error of the identity platform.</summary>
    public SignInException? Refusal { get; private init; }

    /// <summary>The code of the service's error; null for an error of the gateway.</summary>
    public int? Code { get; private init; }

    public TimeSpan Delay { get; private init; }

    /// <exception cref="ArgumentException">There is no such action.</exception>
    public static FaultAction Parse(string text)
    {
        var parts = text.Split(';');
        var (name, argument) = Pair(parts[0], ':');
        switch (name.ToUpperInvariant())
        {
            case "STATUS":
                return ParseStatus(text, argument, parts.Skip(1).ToArray());
            case "AADSTS" when parts.Length == 1:
                return new FaultAction(FaultKind.SignIn) { Refusal = SignInException.OfNumber(Number(text, argument)) ?? throw Unknown(text) };
            case "DELAY" when parts.Length == 1:
                return new FaultAction(FaultKind.Delay) { Delay = TimeSpan.FromMilliseconds(Number(text, argument)) };
            case "DROP-BEFORE" when IsBare(parts, argument):
                return new FaultAction(FaultKind.DropBefore);
            case "DROP-AFTER" when IsBare(parts, argument):
                return new FaultAction(FaultKind.DropAfter);
            case "TRUNCATE" when IsBare(parts, argument):
                return new FaultAction(FaultKind.Truncate);
            case "HTML" when IsBare(parts, argument):
                return new FaultAction(FaultKind.Html);
            case "HTML" when parts.Length == 1:
                return new FaultAction(FaultKind.Status) { Status = StatusOf(text, argument), IsPage = true };
            case "EMPTY" when IsBare(parts, argument):
                return new FaultAction(FaultKind.Empty);
            default:
                throw Unknown(text);
        }
    }

    private static FaultAction ParseStatus(string text, string argument, string[] settings)
    {
        var status = StatusOf(text, argument);
        string? retryAfter = null;
        int? code = null;
        foreach (var setting in settings)
        {
            var (name, value) = Pair(setting, '=');
            switch (name.ToUpperInvariant())
            {
                case "RETRY-AFTER" when value.Length > 0:
                    retryAfter = value;
                    break;
                case "CODE":
                    code = Number(text, value);
                    break;
                default:
                    throw Unknown(text);
            }
        }

        return new FaultAction(FaultKind.Status) { Status = status, RetryAfter = retryAfter, Code = code };
    }

    private static int StatusOf(string text, string argument) => Number(text, argument) is >= 200 and <= 599 and var status ? status : throw Unknown(text);

    private static bool IsBare(string[] parts, string argument) => parts.Length == 1 && argument.Length == 0;

    private static (string Name, string Value) Pair(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text.Trim(), "") : (text.Substring(0, at).Trim(), text.Substring(at + 1).Trim());
    }

    private static int Number(string text, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Unknown(text);

    private static ArgumentException Unknown(string text) => new($"There is no fault action \"{text}\". Known are: {Known}.");
}
