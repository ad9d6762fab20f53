using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DuskStack.Containers.Tests.Deploy;

/// <summary>
/// Requests without a pause over a few kept connections, each of them counted. Plain sockets: HttpClient sends a request again by
/// itself when a kept connection breaks, and would hide what is looked for here.
/// </summary>
public sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentBag<TimeSpan> times = [];
    private readonly ConcurrentBag<FailedRequest> failures = [];
    private readonly ImmutableArray<Task> clients;

    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="path">Asked for by GET; every tenth request of a client is a POST of <paramref name="body"/>.</param>
    /// <param name="body">JSON.</param>
    /// <param name="connections">As many requests are under way at a time.</param>
    public Load(int port, string path, string body, int connections)
    {
        byte[] get = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        byte[] post = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        clients = [.. Enumerable.Range(0, connections).Select(_ => Task.Run(() => Client(port, get, post)))];
    }

    public int Requests => times.Count + failures.Count;

    public ImmutableArray<FailedRequest> Failures => [.. failures];

    /// <summary>The time below which a share of all answers came.</summary>
    public TimeSpan Percentile(double share)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    /// <summary>Lets what is under way come to its end.</summary>
    public async Task Stop()
    {
        await end.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        end.Dispose();
    }

    private async Task Client(int port, byte[] get, byte[] post)
    {
        Socket? socket = null;
        byte[] buffer = new byte[256 * 1024];
        for (int i = 1; !end.IsCancellationRequested; i++)
        {
            bool writes = i % 10 == 0;
            long start = Stopwatch.GetTimestamp();
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                if (socket is null)
                {
                    socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), deadline.Token);
                }

                await socket.SendAsync(writes ? post : get, deadline.Token);
                (int status, bool close) = await Answer(socket, buffer, deadline.Token);
                if (status is >= 200 and < 300)
                    times.Add(Stopwatch.GetElapsedTime(start));
                else
                    failures.Add(new(DateTime.UtcNow, writes, status.ToString(CultureInfo.InvariantCulture)));
                if (close)
                {
                    socket.Dispose();
                    socket = null;
                }
            }
            catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
            {
                failures.Add(new(DateTime.UtcNow, writes, failure.Message));
                socket?.Dispose();
                socket = null;
                // A server that is gone is not asked a million times.
                await Task.Delay(20, CancellationToken.None);
            }
        }

        socket?.Dispose();
    }

    /// <summary>Reads one answer to its last byte.</summary>
    private static async Task<(int Status, bool Close)> Answer(Socket socket, byte[] buffer, CancellationToken cancellation)
    {
        int read = 0, head = -1;
        while (head < 0)
        {
            read += await Receive(socket, buffer.AsMemory(read), cancellation);
            head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        string[] lines = Encoding.ASCII.GetString(buffer, 0, head).Split("\r\n");
        string? Header(string name) => lines.FirstOrDefault(l => l.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
        int body = head + 4;
        if (Header("Content-Length") is { } length)
        {
            int all = body + int.Parse(length, CultureInfo.InvariantCulture);
            while (read < all)
                read += await Receive(socket, buffer.AsMemory(read % buffer.Length), cancellation);
        }
        else if (Header("Transfer-Encoding") is not null)
        {
            while (!buffer.AsSpan(body, read - body).EndsWith("0\r\n\r\n"u8))
                read += await Receive(socket, buffer.AsMemory(read), cancellation);
        }

        return (int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<int> Receive(Socket socket, Memory<byte> into, CancellationToken cancellation) =>
        await socket.ReceiveAsync(into, cancellation) is > 0 and int read ? read : throw new IOException("the connection ended before its answer");
}

/// <param name="At">When its answer should have come.</param>
/// <param name="Writes">True for a POST.</param>
/// <param name="Reason">The status, or what the connection said.</param>
public sealed record FailedRequest(DateTime At, bool Writes, string Reason);
