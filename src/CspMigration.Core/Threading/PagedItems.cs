using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CspMigration.Core.Threading;

/// <summary>The items of pages, numbered and given one by one to whoever asks. Who finds none left fetches the next page.</summary>
internal sealed class PagedItems<T> : IAsyncDisposable
{
    private readonly IAsyncEnumerator<IReadOnlyList<T>> _pages;
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private readonly object _gate = new();
    private IReadOnlyList<T> _page = [];
    private int _index;
    private long _number;

    public PagedItems(IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken cancellationToken) => _pages = pages.GetAsyncEnumerator(cancellationToken);

    /// <summary>The next item and its number, from 0; null where there are no more.</summary>
    public async ValueTask<(T Item, long Number)?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake() is { } taken)
            {
                return taken;
            }

            await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // Another caller may have fetched a page meanwhile.
                if (!IsAnyLeft && !await FetchAsync().ConfigureAwait(false))
                {
                    return null;
                }
            }
            finally
            {
                _ = _fetching.Release();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _fetching.Dispose();
        return _pages.DisposeAsync();
    }

    private bool IsAnyLeft
    {
        get
        {
            lock (_gate)
            {
                return _index < _page.Count;
            }
        }
    }

    private (T Item, long Number)? TryTake()
    {
        lock (_gate)
        {
            return _index < _page.Count ? (_page[_index++], _number++) : null;
        }
    }

    private async ValueTask<bool> FetchAsync()
    {
        if (!await _pages.MoveNextAsync().ConfigureAwait(false))
        {
            return false;
        }

        lock (_gate)
        {
            _page = _pages.Current;
            _index = 0;
        }

        return true;
    }
}
