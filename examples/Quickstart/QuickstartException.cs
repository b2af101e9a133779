using System;

namespace Quickstart;

/// <summary>The quickstart cannot go on; the message says why.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
