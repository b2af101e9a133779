using System;

namespace Quickstart;

/// <summary>The quickstart cannot continue. The message says why.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
