using System.Collections.Generic;
using CspMigration.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace CspMigration.Migration.Tests.Reporting;

/// <summary>Names as someone might choose them who wants a report to do more than report.</summary>
internal static class HostileText
{
    private static readonly string[] Known =
    [
        "<script>alert(1)</script>", "</style><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' onload='alert(1)", "<img src=x onerror=alert(1)>",
        "]]><svg/onload=alert(1)>", "&lt;b&gt;", "javascript:alert(1)", "<!--", "-->", "\0<\0script>", "\u202Eevil", "\uD800", "=cmd|' /C calc'!A0", "+1+1",
        "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uFF1D1", "a,b\r\n=c", "\"=1", "O'Brien \"& Sons\"",
    ];

    /// <summary>The names one by one, mixed with any other text.</summary>
    public static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(Known),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements(Known).SelectMany(first => Gen.Elements(Known).Select(second => first + second)));

    /// <summary>A migration all of whose texts are hostile.</summary>
    public static SubscriptionMigration Migration(IReadOnlyList<string> texts)
    {
        var source = new ExpiringSubscription { CustomerId = "c", CustomerName = texts[0], SubscriptionId = "s", OfferName = texts[1], Quantity = 5, Status = texts[2] };
        var target = new TargetSubscription { CustomerId = "c", OfferName = texts[3], TargetSubscriptionId = "t", Quantity = 5, Source = source };
        return new SubscriptionMigration
        {
            CustomerId = "c",
            CustomerName = texts[0],
            SourceSubscriptionId = "s",
            State = MigrationState.Failed,
            ErrorId = "UnexpectedAnswer",
            Error = texts[4],
            Source = source,
            Target = target,
            LicenseMove = new LicenseMove
            {
                Remaining = 1,
                Target = target,
                Users = [new UserLicenseMove { UserId = "u", UserPrincipalName = texts[5], Outcome = UserMoveOutcome.Failed, Reason = texts[6] }],
            },
        };
    }
}
