using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.Errors;

/// <summary>An error of the service itself, with a code.</summary>
internal sealed class ServiceException : Exception
{
    public ServiceException(int status, int code, string description, params string[] details)
        : base(description)
    {
        Status = status;
        Code = code;
        Details = details;
    }

    public int Status { get; }

    public int Code { get; }

    public IReadOnlyList<string> Details { get; }
}
