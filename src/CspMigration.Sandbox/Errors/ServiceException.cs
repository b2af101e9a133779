using System;
using System.Collections.Generic;

namespace CspMigration.Sandbox.Errors;

/// <summary>A refusal by the service itself, which has a code.</summary>
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
