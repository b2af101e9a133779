using System;
using System.IO;
using System.Threading.Tasks;
using CspMigration.PartnerCenter.Authentication;
using CspMigration.TestSupport;
using Microsoft.Identity.Client;
using Xunit;

namespace CspMigration.Core.Tests.Authentication;

public sealed class EncryptedTokenCacheTests
{
    [Fact]
    public async Task A_sign_in_that_has_no_place_to_be_kept_lasts_for_the_connection()
    {
        var inTheWay = Path.GetTempFileName();
        var observer = new RecordingObserver();
        try
        {
            await EncryptedTokenCache.KeepAsync(PublicClientApplicationBuilder.Create("an application").Build().UserTokenCache, inTheWay, observer);
        }
        finally
        {
            File.Delete(inTheWay);
        }

        Assert.Contains(observer.VerboseLines, message => message.Contains("in memory only", StringComparison.Ordinal));
    }
}
