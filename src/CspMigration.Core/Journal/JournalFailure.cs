using System;
using System.IO;
using CspMigration.Contracts;
using CspMigration.Core.Errors;

namespace CspMigration.Core.Journal;

/// <summary>What a failure of the file system means for the journal.</summary>
internal static class JournalFailure
{
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux and of macOS, which .NET leaves as they are.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;

    /// <summary>Whether a file could not be opened because another process has it.</summary>
    public static bool IsHeldByAnother(IOException e)
    {
        return e.HResult is SharingViolation or LockViolation or WouldBlockOnLinux or WouldBlockOnMac;
    }

    /// <summary>Whether the disk, the path or the rights to it are the cause.</summary>
    public static bool IsOfStorage(Exception e)
    {
        // The framework takes a file beyond its size limit for a wrong length, and a pipe for something that cannot be cut.
        return e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or NotSupportedException;
    }

    /// <summary>The error for it.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="what">What could not be done, as a participle.</param>
    /// <param name="cause">What the file system said.</param>
    public static CspMigrationException Of(string path, string what, Exception cause)
    {
        return ErrorCatalog.JournalUnwritable.Exception($"The journal {path} cannot be {what}: {cause.Message}", inner: cause);
    }
}
