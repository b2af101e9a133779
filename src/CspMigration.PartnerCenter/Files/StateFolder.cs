using System;

namespace CspMigration.PartnerCenter.Files;

/// <summary>Where the module keeps what outlives a session, unless the user says otherwise.</summary>
internal static class StateFolder
{
    /// <summary>The user's state folder: local application data on Windows, <c>XDG_STATE_HOME</c> elsewhere (where it is absolute, as its specification asks for).</summary>
    public static string Path
    {
        get
        {
            var windows = System.IO.Path.DirectorySeparatorChar == '\\';
            var state = windows
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
                : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { } configured && System.IO.Path.IsPathRooted(configured)
                    ? configured
                    : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
            return System.IO.Path.Combine(state, "CspMigration");
        }
    }
}
