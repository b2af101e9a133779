using System;

namespace CspMigration.PartnerCenter.Files;

/// <summary>Where the module keeps what outlives a session, unless the user says otherwise.</summary>
internal static class StateFolder
{
    /// <summary>The user's state folder: local application data on Windows, <c>XDG_STATE_HOME</c> elsewhere.</summary>
    public static string Path
    {
        get
        {
            var windows = System.IO.Path.DirectorySeparatorChar == '\\';
            var state = windows
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } configured
                    ? configured
                    : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return System.IO.Path.Combine(state, "CspMigration");
        }
    }
}
